package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.Header;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which way each node offers, by trying them on a block that it must hold. That a call is unknown is believed
 * at once; any other refusal when it lasts, and then only for a while. Not thread-safe.
 */
final class TraceSupport {
  private static final Logger log = LoggerFactory.getLogger(TraceSupport.class);
  /** So far below the head, every machine behind a balancer has the block, and none has thrown its state away yet. */
  private static final long BELOW_HEAD = 8;
  /** Of so many blocks, the newest with transactions: a trace of nothing proves little. */
  private static final int SAMPLES = 16;
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);

  private record Asked(ChainNode node, TraceMethod way) {}

  /** @param certain whether no better way will ever be offered */
  private record Verdict(Optional<TraceMethod> way, boolean certain, Instant since) {}

  private final InstantSource time;
  private final TraceRefusals<Asked> refusals;
  private final Map<ChainNode, Verdict> verdicts = new HashMap<>();

  TraceSupport(InstantSource time) {
    this.time = time;
    this.refusals = new TraceRefusals<>(time);
  }

  /**
   * The best way that the node offers.
   *
   * @throws RpcFailure while that is not known
   */
  Optional<TraceMethod> by(ChainNode node) {
    Verdict known = verdicts.get(node);
    if (known == null) {
      Verdict found = probe(node);
      tell(node, found.way());
      verdicts.put(node, found);
      return found.way();
    }
    if (known.certain() || time.instant().isBefore(known.since().plus(AGAIN_AFTER))) {
      return known.way();
    }
    Verdict found = again(node, known);
    if (!found.way().equals(known.way())) {
      tell(node, found.way());
    }
    verdicts.put(node, found);
    return found.way();
  }

  /** The node does not do any more what it did: it is tried anew. */
  void forget(ChainNode node) {
    verdicts.remove(node);
  }

  /** What is known stays, where the node does not answer anything better. */
  private Verdict again(ChainNode node, Verdict known) {
    try {
      return probe(node);
    } catch (RpcFailure failure) {
      return new Verdict(known.way(), false, time.instant());
    }
  }

  private Verdict probe(ChainNode node) {
    Header sample = sample(node);
    boolean certain = true;
    Optional<RpcFailure> open = Optional.empty();
    Optional<TraceMethod> found = Optional.empty();
    for (TraceMethod way : TraceMethod.values()) {
      try {
        var _ = way.ask(sample, node);
        found = Optional.of(way);
        break;
      } catch (RpcFailure failure) {
        if (TraceRefusals.saysNothing(failure)) {
          throw failure;
        }
        if (!failure.isUnknownMethod()) {
          certain = false;
          if (!refusals.last(new Asked(node, way), failure, false) && open.isEmpty()) {
            open = Optional.of(failure);
          }
        }
        log.info("{} does not trace block {} by {}: {}", node.name(), sample.ref(), way.method(), failure.getMessage());
      }
    }
    if (open.isPresent()) {
      throw open.get();
    }
    return new Verdict(found, certain, time.instant());
  }

  private static Header sample(ChainNode node) {
    Header head = node.newest(true);
    long to = Math.max(1, head.number() - BELOW_HEAD);   // nobody traces block 0
    List<Long> numbers = LongStream.rangeClosed(Math.max(1, to - SAMPLES + 1), to).boxed().toList().reversed();
    List<Header> held = node.headersAt(numbers, true).stream().flatMap(Optional::stream).toList();
    return held.stream().filter(header -> !header.transactions().isEmpty()).findFirst()
        .or(() -> held.stream().findFirst()).orElse(head);
  }

  private static void tell(ChainNode node, Optional<TraceMethod> way) {
    way.ifPresentOrElse(offered -> log.info("{} offers traces by {}", node.name(), offered.method()),
        () -> log.warn("{} offers no traces. What contract wallets deposit and withdraw is found by comparing states, "
            + "and marked so.", node.name()));
  }
}
