package io.neuronledger.cli.bench;

import io.neuronledger.cli.bench.chain.Workload;
import io.neuronledger.cli.bench.figure.Figure;
import io.neuronledger.cli.bench.figure.Results;
import io.neuronledger.cli.bench.figure.Stage;
import io.neuronledger.cli.bench.server.BenchServers;
import io.neuronledger.cli.bench.server.BrokerProcess;
import io.neuronledger.cli.bench.stage.JarRun;
import io.neuronledger.cli.bench.stage.StageRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The runs of a workload, each on fresh servers.
 *
 * @param folder of the servers' data and the processes' output
 * @param open whether each run is made a second time in which Kafka and the services ask for no credential
 * @param notices receives what is done next
 */
record Runs(Path folder, BrokerProcess broker, boolean open, Consumer<String> notices) {
  private static final Set<Stage> READS = Set.of(Stage.READ, Stage.SQL);

  /** Runs the stages without counting: the next runs find compiled code. */
  void warmUp(Workload workload, Set<Stage> wanted) throws Exception {
    notices.accept(workload.name() + ": warm-up ...");
    for (boolean locked : locks(1)) {
      var _ = inThisJvm(workload, wanted, locked);
    }
  }

  void measure(Workload workload, Set<Stage> wanted, int runs, Results results) throws Exception {
    for (int run = 1; run <= runs; run++) {
      notices.accept(workload.name() + ": run " + run + " of " + runs + " ...");
      for (boolean locked : locks(run)) {
        String name = locked ? workload.name() : Results.withoutCredentials(workload.name());
        results.add(name, inThisJvm(workload, wanted, locked));
        onJars(workload, wanted, locked, results);
      }
    }
  }

  /** The two take turns in being the first, because a machine is not equally fast all the time. */
  private List<Boolean> locks(int run) {
    if (!open) {
      return List.of(true);
    }
    return run % 2 == 1 ? List.of(true, false) : List.of(false, true);
  }

  private List<Figure> inThisJvm(Workload workload, Set<Stage> wanted, boolean locked) throws Exception {
    Set<Stage> stages = wanted.stream().filter(stage -> !stage.isOnJars()).collect(Collectors.toSet());
    if (stages.isEmpty()) {
      return List.of();
    }
    try (BenchServers servers = servers(locked)) {
      return StageRun.measure(workload, servers, stages);
    }
  }

  private void onJars(Workload workload, Set<Stage> wanted, boolean locked, Results results) throws Exception {
    // Reads without credentials are measured beside those with them, at the same time and on the same data.
    Set<Stage> stages = wanted.stream().filter(stage -> stage.isOnJars() && (locked || !READS.contains(stage)))
        .collect(Collectors.toSet());
    if (stages.isEmpty()) {
      return;
    }
    try (BenchServers servers = servers(locked)) {
      String without = Results.withoutCredentials(workload.name());
      results.add(locked ? workload.name() : without, JarRun.measure(workload, servers, stages, folder, open && locked,
          reads -> results.add(without, reads)));
    }
  }

  private BenchServers servers(boolean locked) {
    return BenchServers.start(folder.resolve("servers"), broker, locked);
  }
}
