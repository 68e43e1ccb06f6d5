package io.neuronledger.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.bench.chain.Workload;
import io.neuronledger.cli.bench.figure.Results;
import io.neuronledger.cli.bench.figure.Stage;
import io.neuronledger.cli.bench.figure.Summary;
import io.neuronledger.cli.bench.server.BrokerProcess;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchIT {
  @Test
  void every_stage_has_a_figure_on_a_small_chain_with_a_fork(@TempDir Path folder) throws Exception {
    System.setProperty("neuron-ledger.home", "../..");
    System.setProperty("neuron-ledger.bench.jvm-options", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    Results results = new Results();
    try (BrokerProcess broker = BrokerProcess.launch(folder.resolve("kafka.log"));
        Workload workload = Workload.skewed(1_500, 50)) {
      new Runs(folder, broker, false, _ -> {}).measure(workload, EnumSet.allOf(Stage.class), 1, results);
      // Whatever the stages: the run without credentials has a row of its own.
      new Runs(folder, broker, true, _ -> {}).measure(workload, EnumSet.of(Stage.INDEX), 1, results);
      assertThat(results.rows()).filteredOn(row -> row.stage() == Stage.INDEX).extracting(Results.Row::workload)
          .contains(workload.name(), Results.withoutCredentials(workload.name()));
    } finally {
      System.clearProperty("neuron-ledger.home");
      System.clearProperty("neuron-ledger.bench.jvm-options");
    }
    List<Results.Row> rows = results.rows();
    Set<Stage> measured = rows.stream().filter(row -> !row.unit().isCost() && row.summary().isPresent())
        .map(Results.Row::stage).collect(Collectors.toSet());
    // pgbench need not be installed.
    assertThat(measured).containsAll(EnumSet.complementOf(EnumSet.of(Stage.SQL)));
    assertThat(rows).filteredOn(row -> !row.unit().isCost())
        .allMatch(row -> row.summary().map(Summary::min).orElse(1.0) > 0);
    assertThat(rows.stream().filter(row -> row.stage() == Stage.WHOLE).map(Results.Row::subject))
        .contains("CPU of ledger-query", "CPU of ledger-command", "CPU of chain-indexer", "CPU of PostgreSQL",
            "CPU of Kafka", "peak memory of ledger-query", "PostgreSQL's WAL");
  }
}
