package io.neuronledger.cli.bench.server;

import io.neuronledger.cli.stack.secret.BrokerAccess;
import io.neuronledger.cli.stack.secret.Secrets;
import io.neuronledger.testkit.servers.FixedLocale;
import io.neuronledger.testkit.servers.KafkaBroker;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A JVM for brokers, one after the other: each run has a fresh broker, whose CPU and memory are counted apart, and
 * which does not begin with code that is not compiled yet.
 */
public final class BrokerProcess implements AutoCloseable {
  private static final String ADDRESS = "broker ";
  private static final String LOCKED = "locked ";
  private static final int HEAP_MEGABYTES = 1024;

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter folders;

  private BrokerProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.folders = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** @param log the file of its log */
  public static BrokerProcess launch(Path log) {
    List<String> command = JvmCommand.withHeap(HEAP_MEGABYTES);
    command.addAll(List.of("-Dneuron-ledger.log=" + log, "-cp", System.getProperty("java.class.path"),
        BrokerProcess.class.getName()));
    try {
      return new BrokerProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a JVM for Kafka", e);
    }
  }

  /**
   * @param locked with access control, by the passwords in the folder above
   * @return the address of a new broker on this folder; another one must not run
   */
  String start(Path folder, boolean locked) {
    return next((locked ? LOCKED : "") + folder.toAbsolutePath());
  }

  /** Stops the running broker. */
  void stop() {
    next("");
  }

  private String next(String folder) {
    try {
      folders.write(folder + "\n");
      folders.flush();
      String line = answers.readLine();
      while (line != null && !line.startsWith(ADDRESS)) {
        line = answers.readLine();
      }
      if (line == null) {
        throw new IllegalStateException("Kafka's process has ended; see its log");
      }
      return line.substring(ADDRESS.length());
    } catch (IOException e) {
      throw new UncheckedIOException("Kafka's process does not answer", e);
    }
  }

  ProcessUsage usage() {
    return new ProcessUsage("Kafka", process.pid(), false);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  /** Reads lines from the standard input: a folder, locked or not, starts a broker on it, an empty line stops it. */
  public static void main(String[] arguments) throws IOException {
    FixedLocale.set();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Optional<KafkaBroker> running = Optional.empty();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      running.ifPresent(KafkaBroker::close);
      running = line.isEmpty() ? Optional.empty() : Optional.of(broker(line));
      System.out.println(ADDRESS + running.map(KafkaBroker::bootstrapServers).orElse(""));
    }
    // The broker's library leaves threads.
    System.exit(0);
  }

  private static KafkaBroker broker(String line) {
    if (!line.startsWith(LOCKED)) {
      return KafkaBroker.start(Path.of(line), 0);
    }
    Path folder = Path.of(line.substring(LOCKED.length()));
    return KafkaBroker.startLocked(folder, 0, BrokerAccess.passwords(Secrets.in(folder.resolveSibling(""))));
  }
}
