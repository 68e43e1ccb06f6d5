package io.neuronledger.cli.bench.server;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.stack.ServiceArguments;
import io.neuronledger.client.TokenSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A service as its own process, from its jar, with the options of its container image and a bounded heap. */
public final class ServiceProcess implements AutoCloseable {
  /** A service's heap; the rest of its memory is the JVM's own and its buffers. */
  public static final int HEAP_MEGABYTES = 512;
  private static final Duration START_DEADLINE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int OK = 200;

  private final String name;
  private final Process process;
  private final Path log;
  private final LedgerApi api;
  private final Thread stopAtExit = new Thread(this::stop, "service-stop");

  private ServiceProcess(String name, Process process, Path log, LedgerApi api) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.api = api;
    Runtime.getRuntime().addShutdownHook(stopAtExit);
  }

  /**
   * Starts a service and waits until it is live.
   *
   * @param name the module, {@code ledger-query} for example
   * @param tokens the credentials of its API
   * @param heapMegabytes the largest heap
   * @param log the file of its output
   * @throws IllegalStateException if its jar has not been built, or it ends
   */
  static ServiceProcess start(String name, int port, List<String> arguments, TokenSource tokens, int heapMegabytes,
      Path log) {
    List<String> command = JvmCommand.withHeap(heapMegabytes);
    command.addAll(List.of("-jar", jar(name).toString()));
    command.addAll(ServiceArguments.visible(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().putAll(ServiceArguments.environment(arguments));
      Process process = builder.start();
      ServiceProcess service =
          new ServiceProcess(name, process, log, new LedgerApi("http://127.0.0.1:" + port, tokens));
      try {
        service.awaitLive();
        return service;
      } catch (RuntimeException e) {
        service.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  private static Path jar(String service) {
    Path target = Path.of(System.getProperty("neuron-ledger.home", "."), service, "target");
    try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
      return files.filter(file -> file.toString().endsWith("-exec.jar")).findFirst().orElseThrow(() ->
          new IllegalStateException("no " + service + "-*-exec.jar in " + target + ": build it with mvn package"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + target, e);
    }
  }

  private boolean isLive() {
    try {
      return api.get("/actuator/health/liveness").statusCode() == OK;
    } catch (UncheckedIOException notListening) {
      return false;
    }
  }

  private void awaitLive() {
    long start = System.nanoTime();
    while (!isLive()) {
      if (!process.isAlive() || System.nanoTime() - start > START_DEADLINE.toNanos()) {
        throw new IllegalStateException(name + " does not start; see " + log);
      }
      Progress.pause(POLL);
    }
  }

  /** Its HTTP API. */
  public LedgerApi api() {
    return api;
  }

  public ProcessUsage usage() {
    return new ProcessUsage(name, process.pid(), false);
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(stopAtExit);
    stop();
  }

  private void stop() {
    process.destroy();
    process.onExit().join();
  }
}
