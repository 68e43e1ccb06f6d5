package io.neuronledger.testkit.devchain;

import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.testkit.devchain.rpc.JsonRpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running dev node: anvil as a separate process on 127.0.0.1. It ends with {@link #close}, or when this JVM shuts
 * down gracefully.
 */
public final class Anvil implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(30);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(60);
  private static final long POLL_MS = 10;
  private static final int PORT_TRIES = 5;
  private static final int LOG_TAIL_LINES = 30;

  private final AnvilOptions options;
  private final Path log;
  private final Process process;
  private final Thread stopAtExit;
  private final JsonRpc rpc;
  private final AnvilControl control;

  private Anvil(AnvilOptions options, Path log, Process process) {
    this.options = options;
    this.log = log;
    this.process = process;
    this.rpc = new JsonRpc("http://127.0.0.1:" + options.port());
    this.control = new AnvilControl(rpc);
    this.stopAtExit = new Thread(this::stopAtExit, "stop-anvil-" + options.port());
  }

  /** With {@link AnvilOptions#defaults}. */
  public static Anvil start() {
    return start(AnvilOptions.defaults());
  }

  /**
   * Starts the node and waits until it answers.
   *
   * @throws IllegalStateException when the node ends at once or does not answer within 30 s, with the end of its log
   */
  public static Anvil start(AnvilOptions options) {
    Path binary = AnvilBinary.find();
    if (options.port() != 0) {
      LoopbackPort.requireFree(options.port());
      return launch(binary, options);
    }
    for (int tries = 1; ; tries++) {
      try {
        return launch(binary, options.withPort(LoopbackPort.free()));
      } catch (LoopbackPort.Taken e) {
        // Another process took the port between the check and the node's start.
        if (tries == PORT_TRIES) {
          throw e;
        }
      }
    }
  }

  public int port() {
    return options.port();
  }

  public long chainId() {
    return options.chainId();
  }

  public String rpcUrl() {
    return rpc.url();
  }

  public String wsUrl() {
    return "ws://127.0.0.1:" + options.port();
  }

  public JsonRpc rpc() {
    return rpc;
  }

  /** The node's clock, mining, forks. */
  public AnvilControl control() {
    return control;
  }

  /** The file of the node's output: empty unless there is a problem. */
  public Path log() {
    return log;
  }

  /** The process id of the node. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Stops the node gracefully: it writes its state file first. Idempotent. */
  @Override
  public void close() {
    stop(process);
    cleanUp();
  }

  /** Kills the node, like a crash: blocks since the last write of its state file are lost. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
    cleanUp();
  }

  private static Anvil launch(Path binary, AnvilOptions options) {
    try {
      Path log = options.log().isPresent() ? options.log().get() : Files.createTempFile("anvil-", ".log");
      Process process = new ProcessBuilder(AnvilCommand.line(binary, options)).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
      Anvil anvil = new Anvil(options, log, process);
      Runtime.getRuntime().addShutdownHook(anvil.stopAtExit);
      anvil.awaitAnswer();
      return anvil;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + binary, e);
    }
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + START_DEADLINE.toNanos();
    while (System.nanoTime() < deadline) {
      if (exitedWithin(POLL_MS)) {
        String tail = logTail();
        cleanUp();
        if (tail.contains("in use")) {
          throw new LoopbackPort.Taken("port " + port() + " is taken: " + tail);
        }
        throw new IllegalStateException("anvil ended at once, with " + process.exitValue() + ": " + tail);
      }
      if (answers()) {
        return;
      }
    }
    close();
    throw new IllegalStateException(
        "anvil does not answer on port " + port() + " after " + START_DEADLINE.toSeconds() + " s: " + logTail());
  }

  private boolean answers() {
    try {
      long answered = Quantity.toLong(rpc.call("eth_chainId").asString());
      if (answered != options.chainId()) {
        close();
        throw new IllegalStateException("port " + port() + " answers for chain " + answered + ", not "
            + options.chainId() + ": the state file, or another node");
      }
      return true;
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  private boolean exitedWithin(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop(process);
      throw new IllegalStateException("interrupted while anvil starts", e);
    }
  }

  private String logTail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
  }

  private void stopAtExit() {
    stop(process);
    deleteTemporaryLog();
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(STOP_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void cleanUp() {
    removeShutdownHook();
    deleteTemporaryLog();
  }

  private void deleteTemporaryLog() {
    if (options.log().isEmpty()) {
      try {
        Files.deleteIfExists(log);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete " + log, e);
      }
    }
  }

  private void removeShutdownHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(stopAtExit);
    } catch (IllegalStateException _) {
      // The JVM is ending: the hook has run or runs now.
    }
  }
}
