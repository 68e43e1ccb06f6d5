package io.neuronledger.cli.trace;

import io.neuronledger.testkit.devchain.proxy.NodeTrouble;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.TraceFile;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ledger verify-trace}. */
@Command(name = "verify-trace", description = "Replays recorded traces of the 0G Compute contracts through a JSON-RPC "
    + "node into the whole pipeline, and compares the answer at every transaction's block with the contracts' "
    + "state. Exit code 0 only with 0 mismatches and 0 discrepancies.")
public final class VerifyTrace implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "traces: JSON, also compressed (.gz)")
  private List<Path> files = List.of();

  @Option(names = "--without-traces", description = "the node hides inner calls of transactions: deposits and "
      + "withdrawals of contract wallets must then be found by comparing states")
  private boolean withoutTraces;

  @Option(names = "--from-block", paramLabel = "N", description = "follow from this block on, starting with a "
      + "snapshot of the previous one (default: the trace's first block)")
  private Optional<Long> fromBlock = Optional.empty();

  @Spec
  private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        throw new ParameterException(command.commandLine(), "cannot read the file " + file);
      }
    }
    PrintWriter out = command.commandLine().getOut();
    TraceSwitches switches =
        withoutTraces ? TraceSwitches.ALL.with(TraceSwitches.Traces.NONE) : TraceSwitches.ALL;
    boolean passed = true;
    for (Path file : files) {
      Trace trace = TraceFile.read(file);
      long from = fromBlock.orElse(trace.transactions().getFirst().block());
      if (from < trace.transactions().getFirst().block() || from > trace.transactions().getLast().block()) {
        throw new ParameterException(command.commandLine(), "--from-block must be within the trace, blocks "
            + trace.transactions().getFirst().block() + " to " + trace.transactions().getLast().block()
            + ", not " + from);
      }
      out.printf("%s: %d transactions%n", file, trace.transactions().size());
      out.flush();
      Verification verification = Verification.of(trace, switches, from, new NodeTrouble(0, 0), out);
      verification.check().print(out);
      out.printf("  entries by evidence %s%n", verification.entries());
      out.printf("  transactions %d, comparisons %d, mismatches %d, discrepancies %d: %s%n",
          verification.transactions(), verification.comparisons(), verification.mismatches(),
          verification.discrepancies(), verification.passed() ? "equal" : "DIFFERENT");
      out.flush();
      passed &= verification.passed();
    }
    return passed ? 0 : 1;
  }
}
