package io.neuronledger.cli.bench;

import io.neuronledger.cli.bench.chain.Workload;
import io.neuronledger.cli.bench.figure.GrowthFile;
import io.neuronledger.cli.bench.figure.GrowthTable;
import io.neuronledger.cli.bench.figure.Machine;
import io.neuronledger.cli.bench.figure.ResultTable;
import io.neuronledger.cli.bench.figure.Results;
import io.neuronledger.cli.bench.figure.Stage;
import io.neuronledger.cli.bench.server.BrokerProcess;
import io.neuronledger.testkit.servers.FolderLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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
@Command(name = "bench", description = "Measures each stage and the whole path on two computed chains, one even and "
    + "one skewed with a fork, compared with references in the same run; fsync and synchronous_commit are on. The "
    + "stages run once without being counted, to warm up. Prints the median, the smallest and the largest value of the "
    + "runs. docs/performance.md explains the table.")
public final class Bench implements Callable<Integer> {
  private static final int EVENTS_PER_WALLET_MIN = 4;
  /** A stage that is over within a moment cannot be measured. */
  private static final int EVENTS_MIN = 4_000;
  private static final long[] GROWTH = {100_000, 1_000_000, 10_000_000};
  private static final int GROWTH_EVENTS_PER_WALLET = 10;
  private static final Set<Stage> GROWTH_STAGES = EnumSet.of(Stage.INDEX, Stage.INTAKE, Stage.PROJECT, Stage.WHOLE,
      Stage.READ, Stage.SQL, Stage.LIVE, Stage.QUIET);
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).enable(SerializationFeature.INDENT_OUTPUT).build();

  @Option(names = "--events", paramLabel = "N", description = "default: 400000, at least " + EVENTS_MIN)
  private Optional<Integer> events = Optional.empty();

  @Option(names = "--wallets", paramLabel = "N", description = "default: 1000")
  private Optional<Integer> wallets = Optional.empty();

  @Option(names = "--runs", paramLabel = "N", description = "the number of counted runs (default: 3)")
  private Optional<Integer> runs = Optional.empty();

  @Option(names = "--only", paramLabel = "STAGE", split = ",", converter = StageWord.class,
      description = "measure these stages only: index, intake, project, whole, read, subscriptions, live, usage, "
          + "quiet, rebuild; the references are stock, insert, copy, sql")
  private List<Stage> only = List.of();

  @Option(names = "--workload", paramLabel = "NAME", split = ",",
      description = "measure on these chains only: ${COMPLETION-CANDIDATES}")
  private List<Chain> chains = List.of();

  @Option(names = "--full", description = "measure the growth table instead: 100,000, 1 and 10 million events of a "
      + "tenth as many wallets, each once. Takes hours; rows that are measured stay in .ledger/bench/growth.json, and "
      + "the next call goes on after them")
  private boolean full;

  @Option(names = "--open", description = "make each run a second time, in which Kafka and the services ask for no "
      + "credential, to measure what those cost")
  private boolean open;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures of every run as data")
  private Optional<Path> json = Optional.empty();

  @Spec
  private CommandSpec command = CommandSpec.create();

  /** The content of the file of {@code --json}. */
  private record Report(Instant date, Machine machine, int events, int wallets, int runs, List<Results.Row> figures) {}

  /** A word of {@code --workload}. */
  private enum Chain {
    even, skewed;

    private Workload create(long events, long wallets) {
      return switch (this) {
        case even -> Workload.even(events, wallets);
        case skewed -> Workload.skewed(events, wallets);
      };
    }
  }

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
    requireValid();
    Path folder = Path.of(System.getProperty("neuron-ledger.home", "."), ".ledger", "bench").toAbsolutePath();
    try (FolderLock _ = FolderLock.inside(folder);
        BrokerProcess broker = BrokerProcess.launch(folder.resolve("kafka.log"))) {
      Runs measuring = new Runs(folder, broker, open, this::println);
      if (full) {
        grow(measuring, GrowthFile.open(folder.resolve("growth.json")));
      } else {
        compare(measuring);
      }
    }
    return 0;
  }

  private void requireValid() {
    if (full && (events.isPresent() || wallets.isPresent() || runs.isPresent() || !only.isEmpty()
        || !chains.isEmpty() || open || json.isPresent())) {
      throw wrong("--full has its own events, wallets, runs, stages and file: it takes no other option");
    }
    if (wallets() < 1 || runs() < 1 || events() < Math.max(EVENTS_MIN, (long) EVENTS_PER_WALLET_MIN * wallets())) {
      throw wrong("at least one wallet, one run, " + EVENTS_MIN + " events and " + EVENTS_PER_WALLET_MIN
          + " events for each wallet");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private int events() {
    return events.orElse(400_000);
  }

  private int wallets() {
    return wallets.orElse(1_000);
  }

  private int runs() {
    return runs.orElse(3);
  }

  private void compare(Runs measuring) throws Exception {
    Set<Stage> stages = only.isEmpty() ? EnumSet.allOf(Stage.class) : EnumSet.copyOf(only);
    Results results = new Results();
    boolean warm = false;
    for (Chain chain : chains.isEmpty() ? EnumSet.allOf(Chain.class) : EnumSet.copyOf(chains)) {
      try (Workload workload = chain.create(events(), wallets())) {
        if (!warm) {
          measuring.warmUp(workload, stages);
          warm = true;
        }
        measuring.measure(workload, stages, runs(), results);
      }
    }
    new ResultTable(results).print(out());
    if (json.isPresent()) {
      write(json.get(), results);
    }
  }

  /** Measures the rows that are not in the file yet. */
  private void grow(Runs measuring, GrowthFile file) throws Exception {
    List<GrowthFile.Row> rows = new ArrayList<>();
    boolean warm = false;
    for (long size : GROWTH) {
      long owners = size / GROWTH_EVENTS_PER_WALLET;
      if (file.find(size, owners).isEmpty()) {
        try (Workload workload = Workload.even(size, owners)) {
          if (!warm) {
            warmUp(measuring);
            warm = true;
          }
          Results results = new Results();
          measuring.measure(workload, GROWTH_STAGES, 1, results);
          file.add(new GrowthFile.Row(size, owners, now(), Machine.current(), results.rows()));
        }
      }
      rows.add(file.find(size, owners).orElseThrow());
    }
    new GrowthTable(rows).print(out());
  }

  private static void warmUp(Runs measuring) throws Exception {
    try (Workload small = Workload.even(GROWTH[0], GROWTH[0] / GROWTH_EVENTS_PER_WALLET)) {
      measuring.warmUp(small, GROWTH_STAGES);
    }
  }

  private static Instant now() {
    return InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private void write(Path file, Results results) throws IOException {
    Report report = new Report(now(), Machine.current(), events(), wallets(), runs(), results.rows());
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
