package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads traces from nodes, each by the best method that it offers. Not thread-safe. */
public final class BlockTraces {
  private static final Logger log = LoggerFactory.getLogger(BlockTraces.class);
  /** How long refusals are kept: as far as the decoder looks ahead. */
  private static final long REFUSALS_KEPT_BLOCKS = 20_000;

  private record Asked(ChainNode node, BlockRef block) {}

  private final TraceSupport support;
  private final TraceRefusals<Asked> refusals;
  /** The nodes that refused the last block asked for: old blocks, for example, one by one. */
  private final Set<ChainNode> refusing = new HashSet<>();

  public BlockTraces() {
    this(InstantSource.system());
  }

  /** @param time measures how long a request has been refused */
  BlockTraces(InstantSource time) {
    this.support = new TraceSupport(time);
    this.refusals = new TraceRefusals<>(time);
  }

  /**
   * Whether this node offers traces. The first call finds out.
   *
   * @throws RpcFailure while that is unknown
   */
  public boolean offeredBy(ChainNode node) {
    return support.by(node).isPresent();
  }

  /**
   * The steps of each transaction of the block. Empty where the node offers no traces, or cannot trace this block.
   *
   * @param header with its transactions
   * @throws RpcFailure while neither is known
   */
  public Optional<Map<Hash, List<TraceStep>>> of(Header header, ChainNode node) {
    Optional<TraceMethod> method = support.by(node);
    if (method.isEmpty()) {
      return Optional.empty();
    }
    Asked asked = new Asked(node, header.ref());
    try {
      Optional<Map<Hash, List<TraceStep>>> steps = Optional.of(method.get().ask(header, node));
      refusals.clear(asked::equals);
      refusing.remove(node);
      return steps;
    } catch (RpcFailure failure) {
      if (!refusals.last(asked, failure, refusing.contains(node))) {
        throw failure;
      }
      // A block can be crafted so that no node traces it in time: a node that answers otherwise must not be waited for.
      node.head();
      log.warn("{} does not trace block {}, so its calls are not seen: {}", node.name(), header.ref(),
          failure.getMessage());
      refusing.add(node);
      refusals.clear(old -> old.block().number() < header.number() - REFUSALS_KEPT_BLOCKS);
      if (failure.isUnknownMethod()) {
        support.clear(node);
      }
      return Optional.empty();
    }
  }
}
