package io.neuronledger.indexer.follow.start;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.chain.PinnedCalls;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.log.Repeated;
import io.neuronledger.indexer.follow.state.FollowingHalted;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses to start with nodes of another chain, or with an address without a contract of the family. */
public final class StartCheck {
  private static final Logger log = LoggerFactory.getLogger(StartCheck.class);

  private StartCheck() {}

  /**
   * Checks the nodes until one is fit. A node that does not answer may be fit: the start continues.
   *
   * @throws FollowingHalted if every node answers and none is fit
   */
  public static void refuseUnfit(ChainNodes nodes, FollowSetup setup) {
    List<String> refusals = new ArrayList<>();
    List<ChainNode> all = new ArrayList<>(List.of(nodes.current()));
    all.addAll(nodes.others(nodes.current()));
    for (ChainNode node : all) {
      Optional<String> refusal;
      try {
        refusal = refusal(node, setup);
      } catch (RpcFailure silent) {
        log.warn("starting without a check of the contract: {}", silent.getMessage());
        return;
      }
      if (refusal.isEmpty()) {
        return;
      }
      refusals.add(refusal.get());
    }
    throw new FollowingHalted(String.join(" ", refusals));
  }

  private static Optional<String> refusal(ChainNode node, FollowSetup setup) {
    long chainId = node.chainId();
    if (setup.chainId().filter(wanted -> wanted != chainId).isPresent()) {
      return Optional.of("The node " + node.name() + " follows the chain " + chainId + ", not "
          + setup.chainId().get() + ": check the node's URL (NEURON_LEDGER_RPC_URLS) and the chain "
          + "(NEURON_LEDGER_CHAIN_ID).");
    }
    try {
      var _ = Repeated.ask(() -> recognised(node, setup), RpcFailure::refusesTheQuestion);
      return Optional.empty();
    } catch (RpcFailure failure) {
      if (!failure.refusesTheQuestion() || failure.isUnknownMethod()) {
        throw failure;
      }
      return Optional.of(misfit(node, setup, failure));
    }
  }

  private static BlockRef recognised(ChainNode node, FollowSetup setup) {
    BlockRef newest = node.newest(false).ref();
    setup.family().recognise(newest, node);
    return newest;
  }

  private static String misfit(ChainNode node, FollowSetup setup, RpcFailure failure) {
    WalletAddress address = setup.contracts().getFirst();
    BlockRef newest = node.newest(false).ref();
    String contract = "The address " + address.checksummed() + " at block " + newest.number() + " of " + node.name();
    return new PinnedCalls(node, newest).hasCode(address)
        ? contract + " is not a contract of the family " + setup.family().name() + " (NEURON_LEDGER_FAMILY): "
            + failure.getMessage() + "."
        : contract + " has no code: check the address (NEURON_LEDGER_CONTRACT) and the node.";
  }
}
