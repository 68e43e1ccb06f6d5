package io.neuronledger.cli.soak;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.StackOptions;
import io.neuronledger.cli.stack.secret.BrokerAccess;
import io.neuronledger.cli.trace.SimulatedSoak;
import io.neuronledger.testkit.devchain.proxy.NodeTrouble;
import io.neuronledger.testkit.servers.FolderLock;
import io.neuronledger.testkit.servers.accounting.Hledger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./ledger soak}. */
@Command(name = "soak", description = "Runs random operations of many wallets on a dev chain, with time jumps and "
    + "forks, and compares every owner at every block with the contract, and every account at every month's end with "
    + "what hledger adds up, and the events that a subscriber over HTTP and a receiver of webhooks have received with "
    + "those that were published; "
    + "then replays a random history of the 0G contracts, with operations that leave no logs, no change of native "
    + "balance and no calldata, and compares that too. Exit code 0 only without mismatches and discrepancies.")
public final class Soak implements Callable<Integer> {
  private static final int TROUBLE_MAX = 50;

  /** The number of transactions of the 0G contracts. */
  private static final int SIMULATED_MIN = 100;
  private static final int SIMULATED_MAX = 1_000;

  @Option(names = "--ops", paramLabel = "N", defaultValue = "10000",
      description = "the number of operations (default: ${DEFAULT-VALUE})")
  private int operations;

  @Option(names = "--seed", paramLabel = "S", description = "the seed, to repeat a run (default: random)")
  private Optional<Long> seed = Optional.empty();

  @Option(names = "--chaos", description = "the services, the broker and the database run as separate processes and "
      + "are killed one after the other, in random order at random times, while messages of webhooks are on their way")
  private boolean chaos;

  @Option(names = "--node-trouble", paramLabel = "PERCENT", defaultValue = "0",
      description = "the percentage of the node's answers to alter, in every way seen at real nodes: refused, broken "
          + "off, wrong, or in another format (default: ${DEFAULT-VALUE})")
  private int nodeTrouble;

  @Option(names = "--without-hledger", description = "does not compare what hledger adds up; without this option, a "
      + "machine without hledger is refused")
  private boolean withoutHledger;

  @Spec
  private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    if (operations < 1) {
      throw new ParameterException(command.commandLine(), "--ops must be 1 or more, not " + operations);
    }
    if (nodeTrouble < 0 || nodeTrouble > TROUBLE_MAX) {
      throw new ParameterException(command.commandLine(), "--node-trouble must be 0 to " + TROUBLE_MAX + ", not "
          + nodeTrouble + ": with more, hardly any answer is usable");
    }
    if (!withoutHledger && !Hledger.isInstalled()) {
      command.commandLine().getErr().println("ledger: " + Hledger.MISSING + "; or leave it out by --without-hledger");
      return CommandLine.ExitCode.USAGE;
    }
    PrintWriter out = command.commandLine().getOut();
    long chosen = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
    out.println("seed " + chosen);
    out.flush();
    SoakPlan plan = new SoakPlan(chosen, operations, nodeTrouble, !withoutHledger);
    SoakReport report;
    try (ProgressBar bar = new ProgressBarBuilder().setTaskName("operations").setInitialMax(operations)
        .showSpeed().build()) {
      IntConsumer progress = bar::stepTo;
      report = chaos ? chaos(plan, progress) : soak(plan, progress);
    }
    print(report, out);
    boolean equal = chaos || SimulatedSoak.run(chosen, Math.clamp(operations / 10, SIMULATED_MIN, SIMULATED_MAX),
        nodeTrouble, out);
    return report.clean() && equal ? 0 : 1;
  }

  /** Runs in this JVM, on temporary servers. */
  public static SoakReport soak(SoakPlan plan, IntConsumer progress) {
    try (ForkingDevChain chain = ForkingDevChain.start(plan);
        Pipeline pipeline = new StackPipeline(Stack.start(
            StackOptions.temporary().withChain(chain.asSource()).withSettings(chain.settings())));
        SoakRun run = new SoakRun(plan, chain, pipeline, 1)) {
      run.play(plan.operations(), progress);
      return run.finish(0);
    }
  }

  /** Keeps data and logs of a run with findings. */
  private SoakReport chaos(SoakPlan plan, IntConsumer progress) {
    Path folder = Path.of(System.getProperty("neuron-ledger.home", "."), ".ledger", "chaos-" + plan.seed());
    try (FolderLock _ = FolderLock.inside(folder)) {
      clear(folder);
      SoakReport report = Chaos.soak(plan, folder, progress);
      if (report.clean()) {
        FileSystemUtils.deleteRecursively(folder);
      }
      return report;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + folder, e);
    }
  }

  /** @throws io.neuronledger.testkit.servers.FolderInUse if a server of a killed run still uses its folder */
  private static void clear(Path folder) throws IOException {
    for (String server : ProcessPipeline.SERVERS) {
      FolderLock.beside(folder.resolve(server)).close();
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> !each.endsWith(FolderLock.FILE)).toList()) {
        FileSystemUtils.deleteRecursively(file);
      }
    }
  }

  private record StackPipeline(Stack stack) implements Pipeline {
    @Override
    public LedgerApi api() {
      return stack.api();
    }

    @Override
    public BrokerAccess kafka() {
      return stack.kafka();
    }

    @Override
    public void close() {
      stack.close();
    }
  }

  private static void print(SoakReport report, PrintWriter out) {
    report.mismatches().forEach(each -> out.println("MISMATCH at " + each));
    report.books().mismatches().forEach(each -> out.println("BOOKS DIFFER at " + each));
    report.discrepancies().forEach(each -> out.println("DISCREPANCY " + each));
    report.faults().forEach(each -> out.println("PUBLICATION FAULT " + each));
    out.printf("seed %d: %,d operations in %,d blocks, %,d forks, %d kills; %,d events published%n", report.seed(),
        report.operations(), report.blocks(), report.forks(), report.kills(), report.published());
    if (!report.altered().isEmpty()) {
      out.println(NodeTrouble.summary(report.answers(), report.altered()));
    }
    out.printf("%,d comparisons, %d mismatches, %d discrepancies, %d gaps or duplicates%n", report.comparisons(),
        report.mismatches().size(), report.discrepancies().size(), report.faults().size());
    out.printf("%,d messages of webhooks, %,d of them again%n", report.messages().received(),
        report.messages().repeated());
    out.printf("%,d balances of hledger compared, at %d months' ends and at the last block, %d mismatches%n",
        report.books().comparisons(), report.books().months(), report.books().mismatches().size());
    out.flush();
  }
}
