package io.neuronledger.local.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process that is started again whenever it has ended, as container runtimes do. */
final class RestartingProcess {
  private final String name;
  private final List<String> words;
  private final Path log;
  /** Names a process that must be killed with it: PostgreSQL's, beside the JVM that started it. */
  private final Optional<Path> companionPid;
  private Optional<Process> process = Optional.empty();
  private boolean wanted = true;

  RestartingProcess(String name, List<String> words, Path log, Optional<Path> companionPid) {
    this.name = name;
    this.words = List.copyOf(words);
    this.log = log;
    this.companionPid = companionPid;
  }

  String name() {
    return name;
  }

  /** Starts it unless it runs. */
  synchronized void tend() {
    if (!wanted || process.filter(Process::isAlive).isPresent()) {
      return;
    }
    try {
      process = Optional.of(new ProcessBuilder(words).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  /** As kill -9 does. */
  synchronized void kill() {
    companion().ifPresent(ProcessHandle::destroyForcibly);
    process.ifPresent(each -> each.destroyForcibly().onExit().join());
  }

  /** Ends it in order, for good. */
  synchronized void stop() {
    wanted = false;
    Optional<ProcessHandle> companion = companion();
    process.ifPresent(each -> each.destroy());
    process.ifPresent(each -> each.onExit().join());
    companion.ifPresent(each -> {
      each.destroy();
      each.onExit().join();
    });
  }

  /** The first line of the file is its number. */
  private Optional<ProcessHandle> companion() {
    if (companionPid.filter(Files::exists).isEmpty()) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(companionPid.get());
      return lines.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
          .filter(found -> found.info().command().filter(command -> command.endsWith("postgres")).isPresent());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + companionPid.get(), e);
    }
  }
}
