package io.neuronledger.wallet.autofund;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.evm.HexData;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * What auto-funding has signed, beside its policy: a line for each transaction before it is sent, and one for its end.
 * One process at a time has it: the lock is the operating system's, and ends with the process.
 */
final class FundingJournal implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_ABSENT)).build();
  private static final Set<OpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

  private final Path file;
  private final FileChannel channel;
  private Optional<SignedFunding> unfinished = Optional.empty();
  private final List<SignedFunding> replaced = new ArrayList<>();

  /** How a transaction has ended. */
  enum End {
    /** The ledger shows it, or one that it was signed in place of: the same call. */
    recorded,
    /** The contract has refused it on chain. */
    reverted,
    /** Another transaction has its nonce. */
    replaced,
    /** No longer wanted before any node had it. It can be mined only in place of what is sent next. */
    abandoned
  }

  /** One of the two. */
  private record Line(Optional<SignedFunding> signed, Optional<Ended> ended) {}

  private record Ended(Hash hash, End end, Instant at) {}

  private FundingJournal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens the journal of a policy, for this process alone.
   *
   * @param notes takes a sentence about what was cut off
   * @throws CommandFailure where another process has it, or it cannot be read
   */
  static FundingJournal of(Path policy, Consumer<String> notes) {
    Path file = policy.resolveSibling(policy.getFileName() + ".journal");
    try {
      FundingJournal journal = new FundingJournal(file, FileChannel.open(file, OPTIONS, ownersOnly()));
      try {
        journal.lock();
        journal.read(notes);
      } catch (IOException | CommandFailure e) {
        journal.close();
        throw e;
      }
      return journal;
    } catch (IOException e) {
      throw CommandFailure.failed("The journal " + file + " cannot be used: " + e.getMessage() + ".", e);
    }
  }

  private static FileAttribute<?>[] ownersOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
        : new FileAttribute<?>[0];
  }

  private void lock() throws IOException {
    if (!isLocked()) {
      throw CommandFailure.refused("Another auto-fund of this policy runs: it has the journal " + file + ".");
    }
  }

  /** Within one process the second lock is an exception. */
  private boolean isLocked() throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null && lock.isValid();
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void read(Consumer<String> notes) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // Until all is read.
    }
    String text = new String(bytes.array(), StandardCharsets.UTF_8);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    int number = 0;
    for (String line : whole.lines().toList()) {
      number++;
      try {
        take(JSON.readValue(line, Line.class));
      } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
        throw CommandFailure.failed("The journal " + file + " cannot be read, line " + number + ".", e);
      }
    }
    if (whole.length() < text.length()) {
      // A line is on disk, whole, before anything is sent.
      notes.accept("The journal " + file + " ends within a line, which was never sent: it is cut off.");
      var _ = channel.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
    }
  }

  private void take(Line line) {
    line.signed().ifPresent(signed -> {
      if (!Hash.keccak256(HexData.toBytes(signed.bytes())).equals(signed.hash())) {
        throw new IllegalArgumentException("the bytes are not those of " + signed.hash());
      }
      begin(signed);
    });
    line.ended().filter(ended -> unfinished.filter(signed -> signed.hash().equals(ended.hash())).isPresent())
        .ifPresent(_ -> end());
  }

  private void begin(SignedFunding signed) {
    unfinished.ifPresent(replaced::add);
    unfinished = Optional.of(signed);
  }

  private void end() {
    unfinished = Optional.empty();
    replaced.clear();
  }

  /** What was signed last and has no end yet. */
  Optional<SignedFunding> unfinished() {
    return unfinished;
  }

  /** In place of which that was signed, with its nonce: one of them is mined. */
  List<SignedFunding> replaced() {
    return List.copyOf(replaced);
  }

  /** Returns once it is on disk. */
  void signed(SignedFunding funding) {
    append(new Line(Optional.of(funding), Optional.empty()));
    begin(funding);
  }

  void ended(SignedFunding funding, End end, Instant at) {
    append(new Line(Optional.empty(), Optional.of(new Ended(funding.hash(), end, at))));
    end();
  }

  private void append(Line line) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(JSON.writeValueAsString(line) + "\n");
    try {
      var _ = channel.position(channel.size());
      while (bytes.hasRemaining()) {
        var _ = channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      throw CommandFailure.failed("The journal " + file + " cannot be written: " + e.getMessage()
          + ". What was not sent stays unsent.", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw CommandFailure.failed("The journal " + file + " cannot be closed: " + e.getMessage() + ".", e);
    }
  }
}
