package io.neuronledger.cli.bench;

import io.neuronledger.cli.bench.Measurement.Rates;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ledger bench}. */
@Command(name = "bench", description =
    "Measures each stage and the whole path on a real chain, compared with stock Axon and a plain "
    + "batch insert in the same run; fsync and synchronous_commit are on. Prints the median of the runs.")
public final class Bench implements Callable<Integer> {
  private static final int EVENTS_PER_WALLET_MIN = 4;
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).enable(SerializationFeature.INDENT_OUTPUT).build();

  @Option(names = "--events", defaultValue = "100000", description = "default: ${DEFAULT-VALUE}")
  private int events;

  @Option(names = "--wallets", defaultValue = "1000", description = "default: ${DEFAULT-VALUE}")
  private int wallets;

  @Option(names = "--runs", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
  private int runs;

  @Option(names = "--json", paramLabel = "FILE", description = "write every run's figures as data")
  private Optional<Path> json = Optional.empty();

  @Spec
  private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (wallets < 1 || runs < 1 || events < (long) EVENTS_PER_WALLET_MIN * wallets) {
      throw new ParameterException(command.commandLine(), "at least one wallet, one run and "
          + EVENTS_PER_WALLET_MIN + " events for each wallet");
    }
    PrintWriter out = command.commandLine().getOut();
    println(out, "Mining a chain with " + events + " events of " + wallets + " wallets ...");
    List<Rates> measured = new ArrayList<>();
    try (Workload workload = Workload.mine(events, wallets)) {
      for (int run = 1; run <= runs; run++) {
        println(out, "Run " + run + " of " + runs + " ...");
        measured.add(Measurement.of(workload));
      }
    }
    print(out, measured);
    if (json.isPresent()) {
      write(json.get(), measured);
    }
    return 0;
  }

  private static void write(Path file, List<Rates> measured) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(measured) + "\n");
  }

  private void print(PrintWriter out, List<Rates> measured) {
    double stock = median(measured, Rates::stockAxon);
    out.printf("%n%,d events, %,d wallets, median of %d runs, events per second:%n%n", events, wallets, runs);
    row(out, "index    chain -> Kafka", median(measured, Rates::index), stock);
    row(out, "intake   Kafka -> event store", median(measured, Rates::intake), stock);
    row(out, "project  Kafka -> read model", median(measured, Rates::project), stock);
    row(out, "whole    chain -> answer", median(measured, Rates::whole), stock);
    row(out, "beside: stock Axon, a command and a transaction per event", stock, stock);
    row(out, "beside: JDBC batch insert of like rows", median(measured, Rates::batchInsert), stock);
    out.flush();
  }

  private static void row(PrintWriter out, String stage, double rate, double stock) {
    out.printf("  %-58s %,10.0f   %5.1f x stock%n", stage, rate, rate / stock);
  }

  private static double median(List<Rates> measured, ToDoubleFunction<Rates> rate) {
    double[] sorted = measured.stream().mapToDouble(rate).sorted().toArray();
    return sorted.length % 2 == 1
        ? sorted[sorted.length / 2]
        : Arrays.stream(sorted, sorted.length / 2 - 1, sorted.length / 2 + 1).average().orElseThrow();
  }

  private static void println(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
