package io.neuronledger.cli.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a process uses, by Linux's {@code /proc}; nothing is known on other systems.
 *
 * @param name the name in the table
 * @param family whether its child processes count too, like PostgreSQL's
 */
public record ProcessUsage(String name, long pid, boolean family) {
  /** Linux reports CPU time in this unit on all its platforms. */
  private static final double TICKS_PER_SECOND = 100;
  private static final double KILOBYTES = 1_024;
  /** The fields of {@code /proc/PID/stat} after the command's name: user, system, and both of ended children. */
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  /** This JVM. */
  public static ProcessUsage ownOf(String name) {
    return new ProcessUsage(name, ProcessHandle.current().pid(), false);
  }

  /** CPU time since the start of the process; empty where the system does not report it. */
  public OptionalDouble cpuSeconds() {
    List<String> stat = stat(pid);
    if (stat.isEmpty()) {
      return OptionalDouble.empty();
    }
    long ticks = ticks(stat, USER) + ticks(stat, SYSTEM);
    if (family) {
      ticks += ticks(stat, CHILDREN_USER) + ticks(stat, CHILDREN_SYSTEM) + children().map(ProcessUsage::stat)
          .filter(child -> !child.isEmpty()).mapToLong(child -> ticks(child, USER) + ticks(child, SYSTEM)).sum();
    }
    return OptionalDouble.of(ticks / TICKS_PER_SECOND);
  }

  /**
   * The largest resident memory so far; empty where the system does not report it. Of a family: that of its largest
   * process, in which the shared memory counts, and what the others hold alone.
   */
  public OptionalDouble peakMegabytes() {
    OptionalLong own = status(pid, "VmHWM");
    if (own.isEmpty() || !family) {
      return megabytes(own);
    }
    List<Long> members = LongStream.concat(LongStream.of(pid), children().mapToLong(Long::longValue)).boxed().toList();
    long largest = members.stream().max((one, other) ->
        Long.compare(status(one, "VmHWM").orElse(0), status(other, "VmHWM").orElse(0))).orElse(pid);
    long alone = members.stream().filter(member -> member != largest)
        .mapToLong(member -> status(member, "RssAnon").orElse(0)).sum();
    return megabytes(OptionalLong.of(status(largest, "VmHWM").orElse(0) + alone));
  }

  private Stream<Long> children() {
    return ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).map(ProcessHandle::pid);
  }

  private static OptionalDouble megabytes(OptionalLong kilobytes) {
    return kilobytes.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(kilobytes.getAsLong() / KILOBYTES);
  }

  /** The fields after the command's name, which may hold spaces; empty where there is no such process or system. */
  private static List<String> stat(long pid) {
    String stat = String.join("", lines(pid, "stat"));
    return stat.isEmpty() ? List.of() : List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
  }

  private static long ticks(List<String> stat, int field) {
    return Long.parseLong(stat.get(field));
  }

  /** @return kilobytes */
  private static OptionalLong status(long pid, String field) {
    return lines(pid, "status").stream().filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst();
  }

  private static List<String> lines(long pid, String file) {
    try {
      return Files.readAllLines(Path.of("/proc", String.valueOf(pid), file));
    } catch (IOException noSuchProcessOrSystem) {
      return List.of();
    }
  }
}
