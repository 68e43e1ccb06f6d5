package io.neuronledger.testkit.servers;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exclusive use of a folder by one process. The operating system holds the lock and releases it when the process ends
 * for any reason; child processes do not inherit it. The lock's file names the holder: {@code pid=} and {@code api=}.
 */
public final class FolderLock implements AutoCloseable {
  /** The name of the lock's file in a folder. */
  public static final String FILE = "ledger.lock";

  private static final String PID = "pid";
  private static final String API = "api";

  /**
   * The locks of this JVM, with the API address of each. One JVM never opens a lock file twice: the operating system
   * releases a process's lock as soon as the process closes the file through any channel.
   */
  private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

  /**
   * Keeps held locks reachable: the garbage collector closes an unreachable channel, which releases its lock.
   */
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Set<FolderLock> OPEN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks a folder by a file in it; the folder is created if it is absent, for its owner only.
   *
   * @throws FolderInUse if another holder has it; the folder is unchanged then
   */
  public static FolderLock inside(Path folder) {
    try {
      Files.createDirectories(folder, OWNER_ONLY);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create the folder " + folder, e);
    }
    return take(folder, folder, FILE);
  }

  /**
   * Locks a folder by a file beside it, {@code <folder>.lock}: for a folder that must be empty at first, or may be
   * removed.
   *
   * @throws FolderInUse if another holder has it; the folder is unchanged then
   */
  public static FolderLock beside(Path folder) {
    Path absolute = folder.toAbsolutePath();
    return take(folder, absolute.resolveSibling(""), absolute.getFileName() + ".lock");
  }

  private static FolderLock take(Path folder, Path parent, String name) {
    try {
      Path file = Files.createDirectories(parent).toRealPath().resolve(name);
      String api = HELD.putIfAbsent(file, "");
      if (api != null) {
        throw FolderInUse.by(folder, String.valueOf(ProcessHandle.current().pid()), api);
      }
      Optional<FolderLock> lock = Optional.empty();
      try {
        lock = Optional.of(open(folder, file));
        return lock.get();
      } finally {
        if (lock.isEmpty()) {
          HELD.remove(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock the folder " + folder, e);
    }
  }

  private static FolderLock open(Path folder, Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
        StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held == null) {
        Properties holder = read(channel);
        throw FolderInUse.by(folder, holder.getProperty(PID, ""), holder.getProperty(API, ""));
      }
      FolderLock lock = new FolderLock(file, channel);
      lock.write("");
      OPEN.add(lock);
      return lock;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Properties read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1_024);
    channel.read(bytes, 0);
    Properties holder = new Properties();
    try (Reader text = new StringReader(StandardCharsets.UTF_8.decode(bytes.flip()).toString())) {
      holder.load(text);
    }
    return holder;
  }

  /** Publishes the address of the holder's API, for processes that find the folder in use. */
  public void announce(String api) {
    try {
      write(api);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private void write(String api) throws IOException {
    String text = PID + "=" + ProcessHandle.current().pid() + "\n" + API + "=" + api + "\n";
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    channel.truncate(0);
    channel.write(bytes, 0);
    HELD.put(file, api);
  }

  /** Releases the lock; idempotent. The file stays, because another process may have opened it already. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    OPEN.remove(this);
    try {
      channel.truncate(0);
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release " + file, e);
    } finally {
      HELD.remove(file);
    }
  }
}
