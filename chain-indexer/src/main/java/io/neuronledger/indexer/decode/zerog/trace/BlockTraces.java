package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.Header;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks nodes for traces, each in the best way that it offers. Not thread-safe. */
public final class BlockTraces {
  private static final Logger log = LoggerFactory.getLogger(BlockTraces.class);
  /** Refused blocks are remembered while they may be asked about again: as far as one looks ahead. */
  private static final long REMEMBERED_BLOCKS = 20_000;

  private record Asked(ChainNode node, BlockRef block) {}

  private final TraceSupport offers;
  private final TraceRefusals<Asked> refusals;
  /** The nodes that did not trace the last block they were asked about: their old blocks, for example, one by one. */
  private final Set<ChainNode> refusing = new HashSet<>();

  public BlockTraces() {
    this(InstantSource.system());
  }

  /** @param time tells how long something has been refused */
  BlockTraces(InstantSource time) {
    this.offers = new TraceSupport(time);
    this.refusals = new TraceRefusals<>(time);
  }

  /**
   * Whether this node can be asked. Finds out when asked first.
   *
   * @throws RpcFailure while that is not known
   */
  public boolean offeredBy(ChainNode node) {
    return offers.by(node).isPresent();
  }

  /**
   * The steps of each transaction of the block. Empty where the node offers no traces, or cannot trace this block.
   *
   * @param header with its transactions
   * @throws RpcFailure while neither is known
   */
  public Optional<Map<Hash, List<TraceStep>>> of(Header header, ChainNode node) {
    Optional<TraceMethod> way = offers.by(node);
    if (way.isEmpty()) {
      return Optional.empty();
    }
    Asked asked = new Asked(node, header.ref());
    try {
      Optional<Map<Hash, List<TraceStep>>> steps = Optional.of(way.get().ask(header, node));
      refusals.forget(asked::equals);
      refusing.remove(node);
      return steps;
    } catch (RpcFailure failure) {
      if (!refusals.last(asked, failure, refusing.contains(node))) {
        throw failure;
      }
      // A block can be made so that no node traces it in time; a node that is there otherwise must not be waited for.
      node.head();
      log.warn("{} does not trace block {}, so its calls are not seen: {}", node.name(), header.ref(),
          failure.getMessage());
      refusing.add(node);
      refusals.forget(old -> old.block().number() < header.number() - REMEMBERED_BLOCKS);
      if (failure.isUnknownMethod()) {
        offers.forget(node);
      }
      return Optional.empty();
    }
  }
}
