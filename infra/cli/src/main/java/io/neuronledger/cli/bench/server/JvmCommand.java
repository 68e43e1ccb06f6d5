package io.neuronledger.cli.bench.server;

import io.neuronledger.testkit.servers.JavaCommand;
import java.util.List;

/** The command line of a JVM that the bench starts. */
final class JvmCommand {
  /** A system property: further options of these JVMs, separated by spaces. */
  private static final String OPTIONS = "neuron-ledger.bench.jvm-options";

  private JvmCommand() {}

  /** As {@link JavaCommand#withHeap}, with the further options. */
  static List<String> withHeap(int heapMegabytes) {
    List<String> command = JavaCommand.withHeap(heapMegabytes);
    String options = System.getProperty(OPTIONS, "");
    if (!options.isBlank()) {
      command.addAll(List.of(options.strip().split("\\s+")));
    }
    return command;
  }
}
