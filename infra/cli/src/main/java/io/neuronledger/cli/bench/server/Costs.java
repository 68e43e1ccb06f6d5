package io.neuronledger.cli.bench.server;

import io.neuronledger.cli.bench.figure.Figure;
import io.neuronledger.cli.bench.figure.Stage;
import io.neuronledger.cli.bench.figure.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What a stage uses up from its beginning: CPU of each process, bytes on disk, bytes of WAL. */
public final class Costs {
  private static final double MICROSECONDS = 1e6;

  private final BenchServers servers;
  private final List<ProcessUsage> processes;
  private final Reading before;

  private record Reading(List<OptionalDouble> cpu, long kafka, long data, long wal) {}

  private Costs(BenchServers servers, List<ProcessUsage> processes) {
    this.servers = servers;
    this.processes = processes;
    this.before = read();
  }

  /** @param services the processes beside the servers' */
  public static Costs begin(BenchServers servers, List<ProcessUsage> services) {
    return new Costs(servers,
        Stream.concat(services.stream(), Stream.of(servers.postgresUsage(), servers.kafkaUsage())).toList());
  }

  /** The costs until now, per event. */
  public List<Figure> perEvent(Stage stage, double events) {
    return per(stage, "", events, Unit.CPU_PER_EVENT, Unit.BYTES_PER_EVENT);
  }

  /** The costs until now, per block. */
  public List<Figure> perBlock(Stage stage, String which, double blocks) {
    return per(stage, ", " + which, blocks, Unit.CPU_PER_BLOCK, Unit.BYTES_PER_BLOCK);
  }

  /** The CPU until now, per read. */
  public List<Figure> perRead(Stage stage, String which, double reads) {
    return cpu(stage, ", " + which, reads, Unit.CPU_PER_READ, read());
  }

  private List<Figure> per(Stage stage, String which, double count, Unit cpu, Unit bytes) {
    Reading now = read();
    List<Figure> figures = cpu(stage, which, count, cpu, now);
    figures.add(Figure.of(stage, "Kafka's files" + which, bytes, (now.kafka() - before.kafka()) / count));
    figures.add(Figure.of(stage, "PostgreSQL's data folder" + which, bytes, (now.data() - before.data()) / count));
    figures.add(Figure.of(stage, "PostgreSQL's WAL" + which, bytes, (now.wal() - before.wal()) / count));
    return figures;
  }

  private List<Figure> cpu(Stage stage, String which, double count, Unit unit, Reading now) {
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < processes.size(); i++) {
      figures.add(new Figure(stage, "CPU of " + processes.get(i).name() + which, unit,
          difference(before.cpu().get(i), now.cpu().get(i), MICROSECONDS / count)));
    }
    return figures;
  }

  /** The largest memory of each process so far. */
  public List<Figure> peaks(Stage stage) {
    return processes.stream().map(process -> new Figure(stage, "peak memory of " + process.name(), Unit.MEGABYTES,
        process.peakMegabytes())).toList();
  }

  private static OptionalDouble difference(OptionalDouble before, OptionalDouble now, double factor) {
    return before.isPresent() && now.isPresent()
        ? OptionalDouble.of((now.getAsDouble() - before.getAsDouble()) * factor) : OptionalDouble.empty();
  }

  private Reading read() {
    return new Reading(processes.stream().map(ProcessUsage::cpuSeconds).toList(), servers.kafkaBytes(),
        servers.dataBytes(), servers.walBytes());
  }
}
