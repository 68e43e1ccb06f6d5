package io.neuronledger.testkit.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a JVM that lives for seconds or minutes and shares its processors with others. */
public final class JavaCommand {
  private JavaCommand() {}

  /**
   * The beginning of the command line, to be continued with properties, class path and main class.
   *
   * @param heapMegabytes the largest heap
   */
  public static List<String> shortLived(int heapMegabytes) {
    return new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + heapMegabytes + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
  }
}
