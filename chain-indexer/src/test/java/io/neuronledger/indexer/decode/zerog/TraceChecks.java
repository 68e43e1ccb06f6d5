package io.neuronledger.indexer.decode.zerog;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.zerog.replay.Implementations;
import io.neuronledger.indexer.fixture.LedgerModel;
import io.neuronledger.indexer.fixture.PublishedFact;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.TraceNode;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decodes a trace through a node and compares the resulting model with the state that the trace expects. */
final class TraceChecks {
  private TraceChecks() {}

  static ZeroGFamily family(Trace trace) {
    return family(trace, accepting(trace, false));
  }

  /** The contracts' own code, and that of some beacons. */
  static Implementations accepting(Trace trace, boolean goOn, WalletAddress... others) {
    Set<WalletAddress> known = new HashSet<>(trace.contracts());
    known.addAll(List.of(others));
    return new Implementations(known, goOn);
  }

  private static ZeroGFamily family(Trace trace, Implementations implementations) {
    return new ZeroGFamily(trace.ledgerManager(), implementations, Optional.empty());
  }

  static DecodedTrace decoded(Trace trace, TraceNode node, long start) {
    return new DecodedTrace(family(trace), trace.ledgerManager(), node, start);
  }

  static DecodedTrace decoded(Trace trace, Implementations implementations, TraceNode node, long start) {
    return new DecodedTrace(family(trace, implementations), trace.ledgerManager(), node, start);
  }

  /** @return the published facts up to the last block */
  static List<PublishedFact> check(Trace trace, TraceSwitches switches, int blocksPerStep) {
    return check(trace, switches, blocksPerStep, trace.transactions().getFirst().block());
  }

  static List<PublishedFact> check(Trace trace, TraceSwitches switches, int blocksPerStep, long start) {
    try (TraceNode node = TraceNode.start(trace, switches);
        DecodedTrace decoded = decoded(trace, node, start)) {
      decoded.readTo(node.last(), blocksPerStep);
      compare(trace, decoded.facts(), switches, start);
      return List.copyOf(decoded.facts());
    }
  }

  /**
   * Compares after every transaction; where changes were found by comparing states, after every block: deposits then
   * precede the block's logs, and withdrawals follow them.
   */
  static void compare(Trace trace, List<PublishedFact> facts, TraceSwitches switches, long start) {
    boolean exact = switches.traces() != TraceSwitches.Traces.NONE;
    LedgerModel model = new LedgerModel();
    int next = 0;
    for (int i = 0; i < trace.transactions().size(); i++) {
      Trace.Transaction transaction = trace.transactions().get(i);
      boolean lastOfBlock = i == trace.transactions().size() - 1
          || trace.transactions().get(i + 1).block() != transaction.block();
      int limit = lastOfBlock ? ChainPosition.END_OF_BLOCK : indexInBlock(trace, i);
      while (next < facts.size() && isUpTo(facts.get(next).position(), transaction.block(), limit)) {
        model.apply(facts.get(next).event(), facts.get(next).blockTime());
        next++;
      }
      if (transaction.block() >= start && (exact || lastOfBlock)) {
        assertThat(model.state(trace, transaction.expected().ledgers().keySet()))
            .as("block %s, transaction %s, %s", transaction.block(), i, switches)
            .isEqualTo(LedgerModel.comparable(transaction.expected()));
      }
    }
    assertThat(next).isEqualTo(facts.size());
  }

  private static boolean isUpTo(ChainPosition position, long block, int transaction) {
    return position.block() < block || (position.block() == block && position.transaction() <= transaction);
  }

  private static int indexInBlock(Trace trace, int transaction) {
    int first = transaction;
    while (first > 0
        && trace.transactions().get(first - 1).block() == trace.transactions().get(transaction).block()) {
      first--;
    }
    return transaction - first;
  }
}
