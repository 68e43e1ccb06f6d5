package io.neuronledger.cli.bench;

import io.neuronledger.cli.bench.figure.Machine;
import io.neuronledger.cli.bench.figure.ResultTable;
import io.neuronledger.cli.bench.figure.Results;
import io.neuronledger.cli.bench.figure.Stage;
import io.neuronledger.cli.bench.server.BenchServers;
import io.neuronledger.cli.bench.server.BrokerProcess;
import io.neuronledger.cli.bench.stage.StageRun;
import io.neuronledger.cli.bench.stage.WholePath;
import io.neuronledger.cli.bench.workload.Workload;
import io.neuronledger.testkit.servers.FolderLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ledger bench}. */
@Command(name = "bench", description = "Measures each stage and the whole path on a real chain, compared with "
    + "references in the same run; fsync and synchronous_commit are on. The stages run once without being counted, to "
    + "warm up. Prints the median, the smallest and the largest value of the runs.")
public final class Bench implements Callable<Integer> {
  private static final int EVENTS_PER_WALLET_MIN = 4;
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).enable(SerializationFeature.INDENT_OUTPUT).build();

  @Option(names = "--events", paramLabel = "N", defaultValue = "400000", description = "default: ${DEFAULT-VALUE}")
  private int events;

  @Option(names = "--wallets", paramLabel = "N", defaultValue = "1000", description = "default: ${DEFAULT-VALUE}")
  private int wallets;

  @Option(names = "--runs", paramLabel = "N", defaultValue = "3",
      description = "the number of counted runs (default: ${DEFAULT-VALUE})")
  private int runs;

  @Option(names = "--only", paramLabel = "STAGE", split = ",", converter = StageWord.class,
      description = "measure these stages only: index, intake, project, whole; the references are stock, insert, copy")
  private List<Stage> only = List.of(Stage.values());

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures of every run as data")
  private Optional<Path> json = Optional.empty();

  @Spec
  private CommandSpec command = CommandSpec.create();

  private final Results results = new Results();

  /** The content of the file of {@code --json}. */
  private record Report(Instant date, Machine machine, int events, int wallets, int runs, List<Results.Row> figures) {}

  /** A word of {@code --only}. */
  private static final class StageWord implements ITypeConverter<Stage> {
    @Override
    public Stage convert(String word) {
      try {
        return Stage.of(word);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

  @Override
  public Integer call() throws Exception {
    if (wallets < 1 || runs < 1 || events < (long) EVENTS_PER_WALLET_MIN * wallets) {
      throw new ParameterException(command.commandLine(), "at least one wallet, one run and "
          + EVENTS_PER_WALLET_MIN + " events for each wallet");
    }
    Path folder = Path.of(System.getProperty("neuron-ledger.home", "."), ".ledger", "bench").toAbsolutePath();
    try (FolderLock _ = FolderLock.inside(folder);
        BrokerProcess broker = BrokerProcess.launch(folder.resolve("kafka.log"))) {
      println("Mining a chain with " + events + " events of " + wallets + " wallets ...");
      try (Workload workload = Workload.mine(events, wallets)) {
        measure(workload, folder, broker);
      }
    }
    new ResultTable(results).print(out());
    if (json.isPresent()) {
      write(json.get());
    }
    return 0;
  }

  private void measure(Workload workload, Path folder, BrokerProcess broker) throws Exception {
    Set<Stage> stages = EnumSet.copyOf(only);
    boolean whole = stages.remove(Stage.WHOLE);
    for (int run = 0; run <= runs; run++) {
      println(run == 0 ? "Warm-up ..." : "Run " + run + " of " + runs + " ...");
      if (!stages.isEmpty()) {
        try (BenchServers servers = BenchServers.start(folder.resolve("servers"), broker)) {
          var figures = StageRun.measure(workload, servers, stages);
          if (run > 0) {
            results.add(workload.name(), figures);
          }
        }
      }
      // Its processes are new in each run: a warm-up run would warm up nothing of them.
      if (whole && run > 0) {
        try (BenchServers servers = BenchServers.start(folder.resolve("servers"), broker)) {
          results.add(workload.name(), WholePath.measure(workload, servers, folder));
        }
      }
    }
  }

  private void write(Path file) throws IOException {
    Report report = new Report(InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS), Machine.current(),
        events, wallets, runs, results.rows());
    Files.writeString(file, JSON.writeValueAsString(report) + "\n");
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }

  private void println(String line) {
    out().println(line);
    out().flush();
  }
}
