package io.neuronledger.cli.bench.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a JVM that the bench starts. */
final class JvmCommand {
  /** A system property: further options of these JVMs, separated by spaces. */
  private static final String OPTIONS = "neuron-ledger.bench.jvm-options";

  private JvmCommand() {}

  /**
   * The beginning of the command line, to be continued with a jar or a class.
   *
   * @param heap its upper limit as the JVM writes it, {@code 512m} for example
   */
  static List<String> withHeap(String heap) {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + heap, "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    String options = System.getProperty(OPTIONS, "");
    if (!options.isBlank()) {
      command.addAll(List.of(options.strip().split("\\s+")));
    }
    return command;
  }
}
