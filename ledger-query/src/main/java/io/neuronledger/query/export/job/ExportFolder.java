package io.neuronledger.query.export.job;

import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.foundation.problem.ProblemCode;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The exports on disk, each in a folder of its own that is called by its id: {@code export.json} is its state,
 * {@code content} its content once it is whole. Who writes an export holds a lock on the file {@code lock}, which the
 * system releases when the process ends: an open export without it has failed. Instances may share the folder.
 */
final class ExportFolder {
  private static final Logger log = LoggerFactory.getLogger(ExportFolder.class);
  private static final String STATE = "export.json";
  private static final String NEXT_STATE = "export.json.next";
  private static final String CONTENT = "content";
  private static final String PART = "content.part";
  private static final String LOCK = "lock";
  /** A folder without a state is one whose writer ended between two steps, or has not come to the second yet. */
  private static final Duration STATELESS_MAX = Duration.ofHours(1);

  private final Path folder;
  private final JsonMapper json;
  private final Clock clock;
  /** Those of this instance: a second lock within one process would release the first. */
  private final Map<UUID, Writing> writing = new ConcurrentHashMap<>();

  /** @throws UncheckedIOException if the folder cannot be made, or belongs to another user of the system */
  ExportFolder(Path folder, JsonMapper json, Clock clock) {
    this.folder = folder;
    this.json = json;
    this.clock = clock;
    try {
      Files.createDirectories(folder);
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("NEURON_LEDGER_EXPORTS_FOLDER must be a folder of this user's own, not " + folder,
          e);
    }
  }

  /** The right to write one export; held until it is closed. */
  final class Writing implements Closeable {
    private final Path place;
    private final FileLock lock;
    private StoredExport export;

    private Writing(Path place, FileLock lock, StoredExport export) {
      this.place = place;
      this.lock = lock;
      this.export = export;
    }

    ExportView view() {
      return export.view();
    }

    Path part() {
      return place.resolve(PART);
    }

    Path content() {
      return place.resolve(CONTENT);
    }

    /** Stores how far it is. */
    void store(ExportView view) throws IOException {
      export = export.with(view);
      write(place, export);
    }

    @Override
    public void close() throws IOException {
      writing.remove(export.view().id());
      lock.acquiredBy().close();
    }
  }

  /** Makes the folder of a new export; nothing is left of one whose state cannot be stored. */
  Writing create(StoredExport export) throws IOException {
    Path place = folder.resolve(export.view().id().toString());
    Files.createDirectory(place);
    FileChannel channel = FileChannel.open(place.resolve(LOCK), StandardOpenOption.CREATE_NEW,
        StandardOpenOption.WRITE);
    Writing created = new Writing(place, channel.lock(), export);
    writing.put(export.view().id(), created);
    try {
      write(place, export);
    } catch (IOException e) {
      discard(created, e);
      throw e;
    }
    return created;
  }

  private static void discard(Writing created, IOException reason) {
    try (created) {
      remove(created.place);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private void write(Path place, StoredExport export) throws IOException {
    Path next = place.resolve(NEXT_STATE);
    try (FileChannel file = FileChannel.open(next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE)) {
      ByteBuffer state = ByteBuffer.wrap(json.writeValueAsBytes(export));
      while (state.hasRemaining()) {
        file.write(state);
      }
      file.force(true);
    }
    Files.move(next, place.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
  }

  /** An export that has not expired. */
  Optional<StoredExport> find(UUID id) {
    try {
      return kept(folder.resolve(id.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the state of an export", e);
    }
  }

  private boolean isKept(StoredExport export) {
    return clock.instant().isBefore(export.view().expiresAt());
  }

  /** All that have not expired; one whose state cannot be read is left out. */
  List<StoredExport> all() {
    List<StoredExport> all = new ArrayList<>();
    for (Path place : places()) {
      try {
        kept(place).ifPresent(all::add);
      } catch (IOException e) {
        log.warn("cannot read the state of the export {}", place, e);
      }
    }
    return all;
  }

  private List<Path> places() {
    try (Stream<Path> found = Files.list(folder)) {
      return found.toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the exports", e);
    }
  }

  private Optional<StoredExport> kept(Path place) throws IOException {
    Optional<StoredExport> found = stored(place).filter(this::isKept);
    return found.isPresent() && !found.get().view().hasEnded() ? ended(place, found.get()) : found;
  }

  private Optional<StoredExport> stored(Path place) throws IOException {
    try {
      return Optional.of(json.readValue(Files.readAllBytes(place.resolve(STATE)), StoredExport.class));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      log.warn("{} is not the state of an export; it is removed when it is old", place, e);
      return Optional.empty();
    }
  }

  /** The export as it is, or failed where nobody writes it any more; empty if it was removed meanwhile. */
  private Optional<StoredExport> ended(Path place, StoredExport open) throws IOException {
    if (writing.containsKey(open.view().id())) {
      return Optional.of(open);
    }
    try (FileChannel channel = FileChannel.open(place.resolve(LOCK), StandardOpenOption.WRITE);
        @Nullable FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return Optional.of(open);
      }
      // Its writer may have ended it between the two looks.
      Optional<StoredExport> now = stored(place);
      if (now.isEmpty() || now.get().view().hasEnded()) {
        return now;
      }
      ExportView view = now.get().view();
      StoredExport failed = now.get().with(view.failed(new ExportView.Failure(ProblemCode.OUTCOME_UNKNOWN.code(),
          "the instance that wrote it has ended; ask for it again")));
      Files.deleteIfExists(place.resolve(PART));
      write(place, failed);
      return Optional.of(failed);
    } catch (OverlappingFileLockException e) {
      return Optional.of(open);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether somebody writes the export. */
  private static boolean isLocked(Path place) throws IOException {
    try (FileChannel channel = FileChannel.open(place.resolve(LOCK), StandardOpenOption.WRITE);
        @Nullable FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** The file with the content of a completed export. */
  Path content(UUID id) {
    return folder.resolve(id.toString()).resolve(CONTENT);
  }

  /** Removes an export with its content; who reads it meanwhile reads it to its end. */
  void remove(UUID id) throws IOException {
    remove(folder.resolve(id.toString()));
  }

  private static void remove(Path place) throws IOException {
    // The state first: an export without one is not there.
    for (String name : List.of(STATE, NEXT_STATE, CONTENT, PART, LOCK)) {
      Files.deleteIfExists(place.resolve(name));
    }
    try {
      Files.deleteIfExists(place);
    } catch (DirectoryNotEmptyException e) {
      // Its writer is just storing something: it removes the place when it ends, or else the sweep does, as an old one.
      log.debug("the export {} is still written", place, e);
    }
  }

  /** Removes what has expired, and what was never an export to its end. */
  void removeExpired() {
    for (Path place : places()) {
      try {
        if (isExport(place) && isOver(place)) {
          remove(place);
        }
      } catch (IOException e) {
        log.warn("cannot remove the export {}", place, e);
      }
    }
  }

  private boolean isOver(Path place) throws IOException {
    if (writing.containsKey(UUID.fromString(String.valueOf(place.getFileName())))) {
      return false;
    }
    // Its state stays as it is: where none can be stored, what is over can still be removed.
    Optional<StoredExport> found = stored(place);
    if (found.isPresent()) {
      return !isKept(found.get()) && (found.get().view().hasEnded() || !isLocked(place));
    }
    return Files.exists(place)
        && Files.getLastModifiedTime(place).toInstant().isBefore(clock.instant().minus(STATELESS_MAX));
  }

  /** Nothing else in the folder is touched. */
  private static boolean isExport(Path place) {
    String name = String.valueOf(place.getFileName());
    try {
      return UUID.fromString(name).toString().equals(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
