package io.neuronledger.local.trace;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.zerog.ZeroGFamily;
import io.neuronledger.infra.devchain.proxy.NodeProxy;
import io.neuronledger.infra.devchain.proxy.NodeTrouble;
import io.neuronledger.infra.trace.Trace;
import io.neuronledger.infra.trace.node.TraceNode;
import io.neuronledger.infra.trace.node.TraceSwitches;
import io.neuronledger.local.answer.LedgerApi;
import io.neuronledger.local.answer.OwnerAnswer;
import io.neuronledger.local.check.Check;
import io.neuronledger.local.check.CheckResult;
import io.neuronledger.local.stack.ChainSource;
import io.neuronledger.local.stack.Ports;
import io.neuronledger.local.stack.Stack;
import io.neuronledger.local.stack.StackOptions;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of playing a trace through the whole pipeline.
 *
 * @param comparisons answers of one owner at one block, each with all its sub-accounts and refunds
 * @param discrepancies what ledger-command found to break a rule
 * @param entries what the ledger wrote down, by how it knows it
 * @param check the whole state at the last block, beside the contracts' own views
 */
record Verification(int transactions, int comparisons, int mismatches, int discrepancies, EntriesByEvidence entries,
    CheckResult check) {
  private static final int SHOWN_MAX = 20;

  boolean passed() {
    return comparisons > 0 && mismatches == 0 && discrepancies == 0 && check.equal();
  }

  /**
   * Follows the trace to its last block, then asks about every transaction of it.
   *
   * @param from the first block followed; behind the trace's first one, the ledger begins with a snapshot
   * @param trouble what the ledger's questions to the node go through
   */
  static Verification of(Trace trace, TraceSwitches switches, long from, NodeTrouble trouble, PrintWriter out) {
    try (TraceNode node = TraceNode.start(trace, switches); NodeProxy proxy = new NodeProxy(node.url(), trouble)) {
      StackOptions options = new StackOptions(Optional.empty(),
          new ChainSource.ContractOn(ZeroGFamily.NAME, List.of(proxy.url()), Optional.empty(), trace.ledgerManager(),
              from, accepted(trace)), Ports.FREE,
          Map.of("neuron-ledger.follow.finality", "instant",
              "neuron-ledger.follow.polling-interval", "PT0.1S",
              // A trace may have been made on a chain whose clock was moved; a time in milliseconds is to show.
              "neuron-ledger.follow.block-time-tolerance", trouble.percent() > 0 ? "P366D" : "PT0S"));
      try (Stack stack = Stack.start(options)) {
        node.advanceTo(node.last());
        return compare(trace, from, stack, node, out);
      }
    }
  }

  /**
   * Asks a stack that follows the node about every transaction.
   *
   * @param from the first block that it follows
   */
  static Verification compare(Trace trace, long from, Stack stack, TraceNode node,
      PrintWriter out) {
    LedgerApi ledger = stack.api();
    ExpectedAnswers expected = new ExpectedAnswers(trace);
    int comparisons = 0;
    int mismatches = 0;
    for (int i = 0; i < trace.transactions().size(); i++) {
      Trace.Transaction transaction = trace.transactions().get(i);
      expected.pass(transaction);
      boolean asked = transaction.block() >= from && (i == trace.transactions().size() - 1
          || trace.transactions().get(i + 1).block() != transaction.block());
      // The ledger answers for blocks: of several transactions in one, only the state behind the last can be asked.
      for (WalletAddress owner : asked ? transaction.expected().ledgers().keySet() : List.<WalletAddress>of()) {
        OwnerAnswer wanted = expected.of(owner, transaction);
        OwnerAnswer answered = ledger.ownerAt(owner, transaction.block());
        comparisons++;
        if (!answered.equals(wanted)) {
          mismatches++;
          show(mismatches, transaction, wanted, answered, out);
        }
      }
    }
    return new Verification(trace.transactions().size(), comparisons, mismatches, discrepancies(stack),
        EntriesByEvidence.of(ledger, trace.transactions().getLast().expected().ledgers().keySet()),
        Check.run(stack, URI.create(node.url()), Optional.of(node.last())));
  }

  private static void show(int number, Trace.Transaction transaction, OwnerAnswer wanted, OwnerAnswer answered,
      PrintWriter out) {
    if (number <= SHOWN_MAX) {
      out.printf("  block %d, transaction %s, owner %s%n    contract  %s%n    ledger    %s%n", transaction.block(),
          transaction.hash(), wanted.owner(), wanted, answered);
    }
  }

  private static int discrepancies(Stack stack) {
    return (int) stack.command().context().getBean(MeterRegistry.class).find("ledger.command.discrepancies").counters()
        .stream().mapToDouble(Counter::count).sum();
  }

  /** The contracts of a trace run code of their own, which nobody else knows. */
  static List<String> accepted(Trace trace) {
    return trace.contracts().stream().map(WalletAddress::value).toList();
  }
}
