package io.neuronledger.cli.trace;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.cli.check.Check;
import io.neuronledger.cli.check.CheckResult;
import io.neuronledger.cli.stack.Ports;
import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.StackOptions;
import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.zerog.ZeroGFamily;
import io.neuronledger.testkit.devchain.proxy.NodeProxy;
import io.neuronledger.testkit.devchain.proxy.NodeTrouble;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.TraceNode;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of replaying a trace through the whole pipeline.
 *
 * @param comparisons the number of compared answers: one owner at one block, with all its sub-accounts and refunds
 * @param discrepancies the number of discrepancies found by ledger-command
 * @param entries the number of journal entries by evidence
 * @param check the comparison of the whole state at the last block with the contracts' views
 */
record Verification(int transactions, int comparisons, int mismatches, int discrepancies, EntriesByEvidence entries,
    CheckResult check) {
  private static final int SHOWN_MAX = 20;

  boolean passed() {
    return comparisons > 0 && mismatches == 0 && discrepancies == 0 && check.equal();
  }

  /**
   * Follows the trace to its last block, then compares the answers for every transaction.
   *
   * @param from the first indexed block; after the trace's first one, the ledger starts with a snapshot
   * @param trouble alters the node's answers to the ledger
   */
  static Verification of(Trace trace, TraceSwitches switches, long from, NodeTrouble trouble, PrintWriter out) {
    try (TraceNode node = TraceNode.start(trace, switches); NodeProxy proxy = new NodeProxy(node.url(), trouble)) {
      StackOptions options = new StackOptions(Optional.empty(),
          new ChainSource.ContractOn(ZeroGFamily.NAME, List.of(proxy.url()), Optional.empty(), trace.ledgerManager(),
              from, accepted(trace)), Ports.FREE,
          Map.of("neuron-ledger.follow.finality", "instant",
              "neuron-ledger.follow.polling-interval", "PT0.1S",
              // The chain's clock may have been moved; only a timestamp in milliseconds must be detected.
              "neuron-ledger.follow.block-time-tolerance", trouble.percent() > 0 ? "P366D" : "PT0S"));
      try (Stack stack = Stack.start(options)) {
        node.advanceTo(node.last());
        return compare(trace, from, stack, node, out);
      }
    }
  }

  /**
   * Compares the answers of a running stack that follows the node, for every transaction.
   *
   * @param from the first block that the stack follows
   */
  static Verification compare(Trace trace, long from, Stack stack, TraceNode node,
      PrintWriter out) {
    LedgerApi ledger = stack.api();
    ExpectedAnswers expected = new ExpectedAnswers(trace);
    int comparisons = 0;
    int mismatches = 0;
    for (int i = 0; i < trace.transactions().size(); i++) {
      Trace.Transaction transaction = trace.transactions().get(i);
      expected.apply(transaction);
      boolean lastOfBlock = transaction.block() >= from && (i == trace.transactions().size() - 1
          || trace.transactions().get(i + 1).block() != transaction.block());
      // The ledger answers per block: of several transactions in a block, only the state after the last is comparable.
      for (WalletAddress owner : lastOfBlock ? transaction.expected().ledgers().keySet() : List.<WalletAddress>of()) {
        OwnerAnswer expectedAnswer = expected.of(owner, transaction);
        OwnerAnswer answer = ledger.ownerAt(owner, transaction.block());
        comparisons++;
        if (!answer.equals(expectedAnswer)) {
          mismatches++;
          show(mismatches, transaction, expectedAnswer, answer, out);
        }
      }
    }
    return new Verification(trace.transactions().size(), comparisons, mismatches, discrepancies(stack),
        EntriesByEvidence.of(ledger, trace.transactions().getLast().expected().ledgers().keySet()),
        Check.run(stack, URI.create(node.url()), Optional.of(node.last())));
  }

  private static void show(int number, Trace.Transaction transaction, OwnerAnswer expectedAnswer, OwnerAnswer answer,
      PrintWriter out) {
    if (number <= SHOWN_MAX) {
      out.printf("  block %d, transaction %s, owner %s%n    contract  %s%n    ledger    %s%n", transaction.block(),
          transaction.hash(), expectedAnswer.owner(), expectedAnswer, answer);
    }
  }

  private static int discrepancies(Stack stack) {
    return (int) stack.command().context().getBean(MeterRegistry.class).find("ledger.command.discrepancies").counters()
        .stream().mapToDouble(Counter::count).sum();
  }

  /** The contracts of a trace, whose code is otherwise unknown, as accepted code. */
  static List<String> accepted(Trace trace) {
    return trace.contracts().stream().map(WalletAddress::value).toList();
  }
}
