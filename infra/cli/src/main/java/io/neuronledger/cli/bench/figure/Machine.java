package io.neuronledger.cli.bench.figure;

import java.lang.management.ManagementFactory;

/** The machine of a measurement, for those who compare. */
public record Machine(int processors, long memoryMegabytes, String system, String java) {
  private static final int MEGABYTE_BITS = 20;

  public static Machine current() {
    long memory = ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system ? system.getTotalMemorySize() : 0;
    return new Machine(Runtime.getRuntime().availableProcessors(), memory >> MEGABYTE_BITS,
        System.getProperty("os.name") + " " + System.getProperty("os.arch"), Runtime.version().toString());
  }
}
