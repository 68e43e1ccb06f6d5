package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.Header;
import io.neuronledger.indexer.rpc.RpcCall;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Asks nodes for traces. Which way a node offers is tried out once, on a block it has just shown; the better one first.
 * Not thread-safe.
 */
public final class BlockTraces {
  private static final Logger log = LoggerFactory.getLogger(BlockTraces.class);
  /** After so many failures in a row of one that can trace, the block is taken as one that cannot be traced. */
  private static final int REFUSALS_MAX = 3;

  /** The ways to ask, best first. */
  private enum Way {
    CALL_TRACER, PARITY;

    String method() {
      return switch (this) {
        case CALL_TRACER -> CallTracer.METHOD;
        case PARITY -> ParityTrace.METHOD;
      };
    }

    RpcCall<JsonNode> call(Header header) {
      return switch (this) {
        case CALL_TRACER -> CallTracer.call(header.hash());
        case PARITY -> ParityTrace.call(header.number());
      };
    }

    Map<Hash, List<TraceStep>> read(JsonNode answer, Header header) {
      return switch (this) {
        case CALL_TRACER -> CallTracer.read(answer, header);
        case PARITY -> ParityTrace.read(answer, header);
      };
    }
  }

  private final Map<String, Optional<Way>> ways = new HashMap<>();
  private final Map<Hash, Integer> refusals = new HashMap<>();

  /** Whether this node can be asked. Finds out when asked first. */
  public boolean offeredBy(ChainNode node) {
    return way(node).isPresent();
  }

  /**
   * The steps of each transaction of the block. Empty where the node offers no traces, or cannot trace this block.
   *
   * @param header with its transactions
   */
  public Optional<Map<Hash, List<TraceStep>>> of(Header header, ChainNode node) {
    Optional<Way> way = way(node);
    if (way.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<Map<Hash, List<TraceStep>>> steps = Optional.of(ask(way.get(), header, node));
      refusals.clear();
      return steps;
    } catch (RpcFailure failure) {
      if (failure.kind() == RpcFailure.Kind.THROTTLED
          || refusals.merge(header.hash(), 1, Integer::sum) < REFUSALS_MAX) {
        throw failure;
      }
      // A block can be made so that no node traces it in time; a node that is there otherwise must not be waited for.
      node.head();
      log.warn("{} does not trace block {}, so its calls are not seen: {}", node.name(), header.ref(),
          failure.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Way> way(ChainNode node) {
    Optional<Way> known = ways.get(node.name());
    if (known == null) {
      known = probe(node, node.newest(true));
      ways.put(node.name(), known);
    }
    return known;
  }

  private static Optional<Way> probe(ChainNode node, Header header) {
    for (Way way : Way.values()) {
      try {
        ask(way, header, node);
        log.info("{} offers traces by {}", node.name(), way.method());
        return Optional.of(way);
      } catch (RpcFailure failure) {
        if (failure.kind() != RpcFailure.Kind.ERROR) {
          throw failure;
        }
        log.info("{} does not offer {}: {}", node.name(), way.method(), failure.getMessage());
      }
    }
    log.warn("{} offers no traces. What contract wallets deposit and withdraw is found by comparing states, and marked "
        + "so.", node.name());
    return Optional.empty();
  }

  private static Map<Hash, List<TraceStep>> ask(Way way, Header header, ChainNode node) {
    JsonNode answer = node.ask(way.call(header));
    try {
      return way.read(answer, header);
    } catch (IllegalArgumentException e) {
      throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": " + e.getMessage(), e);
    }
  }
}
