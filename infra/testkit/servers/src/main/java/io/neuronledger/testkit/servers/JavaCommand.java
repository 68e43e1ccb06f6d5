package io.neuronledger.testkit.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a JVM that is started beside this one. */
public final class JavaCommand {
  private JavaCommand() {}

  /**
   * The beginning of the command line, to be continued with properties, class path and main class.
   *
   * @param heapMegabytes the largest heap
   */
  public static List<String> withHeap(int heapMegabytes) {
    return new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + heapMegabytes + "m", "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow"));
  }

  /** As {@link #withHeap}, for a JVM that lives for seconds or minutes and shares its processors with others. */
  public static List<String> shortLived(int heapMegabytes) {
    List<String> command = withHeap(heapMegabytes);
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    return command;
  }
}
