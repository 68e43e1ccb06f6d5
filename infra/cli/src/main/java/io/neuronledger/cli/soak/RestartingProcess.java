package io.neuronledger.cli.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process that is restarted whenever it ends, as by a container runtime. */
final class RestartingProcess {
  private final String name;
  private final List<String> commandLine;
  private final Map<String, String> environment;
  private final Path log;
  /** The pid file of a process that must be killed too: PostgreSQL's, started by the JVM. */
  private final Optional<Path> companionPid;
  private Optional<Process> process = Optional.empty();
  private boolean wanted = true;

  /** @param environment variables beside those of this process */
  RestartingProcess(String name, List<String> commandLine, Map<String, String> environment, Path log,
      Optional<Path> companionPid) {
    this.name = name;
    this.commandLine = List.copyOf(commandLine);
    this.environment = Map.copyOf(environment);
    this.log = log;
    this.companionPid = companionPid;
  }

  String name() {
    return name;
  }

  /** Starts the process unless it runs. */
  synchronized void ensureRunning() {
    if (!wanted || process.filter(Process::isAlive).isPresent()) {
      return;
    }
    try {
      ProcessBuilder builder = new ProcessBuilder(commandLine).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      process = Optional.of(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  /** Kills the process, like {@code kill -9}. */
  synchronized void kill() {
    companion().ifPresent(ProcessHandle::destroyForcibly);
    process.ifPresent(each -> each.destroyForcibly().onExit().join());
  }

  /** Stops the process gracefully and permanently. */
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

  /** The first line of the file is the process id. */
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
