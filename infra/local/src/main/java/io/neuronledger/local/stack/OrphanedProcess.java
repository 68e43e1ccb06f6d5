package io.neuronledger.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child process that outlived its parent, because the parent was killed. It still holds the folder; the next start on
 * that folder ends it in order, so that what it knows is written.
 */
final class OrphanedProcess {
  private static final long STOP_DEADLINE_S = 30;

  private OrphanedProcess() {}

  /** Notes a child of this process; its start time guards against a number that was given to another process. */
  static void remember(long pid, Path file) throws IOException {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      Files.writeString(file, identity(process.get()));
    }
  }

  /** Ends the process noted in {@code file}, if it is still there. */
  static void end(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    String noted = Files.readString(file);
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(noted.split(" ", 2)[0]));
    if (process.isPresent() && identity(process.get()).equals(noted)) {
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
