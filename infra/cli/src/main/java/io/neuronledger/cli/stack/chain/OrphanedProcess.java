package io.neuronledger.cli.stack.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child process that outlived its killed parent and still uses the folder. The next start on that folder stops it
 * gracefully, so that it writes its state.
 */
final class OrphanedProcess {
  private static final long STOP_DEADLINE_S = 30;

  private OrphanedProcess() {}

  /** Stores a child of this process; its start time guards against a reused process id. */
  static void store(long pid, Path file) throws IOException {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      Files.writeString(file, identity(process.get()));
    }
  }

  /** Ends the process stored in {@code file}, if it still runs. */
  static void end(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    String stored = Files.readString(file);
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(stored.split(" ", 2)[0]));
    if (process.isPresent() && identity(process.get()).equals(stored)) {
      end(process.get());
    }
    Files.delete(file);
  }

  private static void end(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(STOP_DEADLINE_S, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      process.onExit().join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot wait for process " + process.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for process " + process.pid(), e);
    }
  }

  private static String identity(ProcessHandle process) {
    return process.pid() + " " + process.info().startInstant().map(Object::toString).orElse("");
  }
}
