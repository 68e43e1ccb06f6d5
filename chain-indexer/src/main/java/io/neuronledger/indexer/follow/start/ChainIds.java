package io.neuronledger.indexer.follow.start;

import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Checks the chain id of every node once: one wrong URL in the list must not mix two chains. */
public final class ChainIds {
  private final Set<ChainNode> checked = new HashSet<>();
  private Optional<Long> expected;

  public ChainIds(Optional<Long> configured) {
    this.expected = configured;
  }

  /** @throws RpcFailure if the node follows another chain than the configured one, or than the first node */
  public long of(ChainNode node) {
    if (!checked.contains(node)) {
      long theirs = node.chainId();
      long wanted = expected.orElse(theirs);
      if (theirs != wanted) {
        throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": follows the chain " + theirs + ", not "
            + wanted + ". Check NEURON_LEDGER_RPC_URLS and NEURON_LEDGER_CHAIN_ID");
      }
      expected = Optional.of(wanted);
      checked.add(node);
    }
    return expected.orElseThrow();
  }
}
