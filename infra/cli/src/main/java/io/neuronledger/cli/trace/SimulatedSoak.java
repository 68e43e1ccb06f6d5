package io.neuronledger.cli.trace;

import io.neuronledger.testkit.devchain.proxy.NodeTrouble;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import io.neuronledger.testkit.trace.simulation.RandomOperations;
import java.io.PrintWriter;

/**
 * A random history of the 0G contracts through the whole pipeline: ordinary operations, and operations visible neither
 * in logs, nor in native balances, nor in the transactions themselves. Runs on a node with traces and on one that only
 * proves storage roots. Every owner is compared at every block.
 */
public final class SimulatedSoak {
  private SimulatedSoak() {}

  /**
   * @param seed the seed of the history, to repeat a run
   * @param nodeTrouble the percentage of altered answers of the node, 0 to 100
   * @return whether every answer equals the contracts' state, without a discrepancy
   */
  public static boolean run(long seed, int transactions, int nodeTrouble, PrintWriter out) {
    Trace trace = RandomOperations.trace(seed, transactions);
    boolean traced = passes("with traces", trace, TraceSwitches.ALL, new NodeTrouble(seed, nodeTrouble), out);
    return passes("without traces", trace, TraceSwitches.ALL.with(TraceSwitches.Traces.NONE),
        new NodeTrouble(seed, nodeTrouble), out) && traced;
  }

  private static boolean passes(String node, Trace trace, TraceSwitches switches, NodeTrouble trouble,
      PrintWriter out) {
    Verification result = Verification.of(trace, switches, trace.transactions().getFirst().block(), trouble, out);
    out.printf("0G contracts, node %s: %,d transactions, %,d comparisons, %d mismatches, %d discrepancies, check %s%n",
        node, result.transactions(), result.comparisons(), result.mismatches(), result.discrepancies(),
        result.check().equal() ? "equal" : "DIFFERENT");
    if (trouble.percent() > 0) {
      out.println(NodeTrouble.summary(trouble.answers(), trouble.played()));
    }
    out.flush();
    return result.passed();
  }
}
