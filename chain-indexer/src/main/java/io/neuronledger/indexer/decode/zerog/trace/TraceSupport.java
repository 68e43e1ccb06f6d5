package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.rpc.call.RpcFailure;
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
 * Finds the trace method that each node offers, by trying them on a block that the node must hold. An unknown method
 * counts at once; any other refusal counts if it lasts, and only for a while. Not thread-safe.
 */
final class TraceSupport {
  private static final Logger log = LoggerFactory.getLogger(TraceSupport.class);
  /** At this depth every machine behind a load balancer has the block, and none has pruned its state yet. */
  private static final long BELOW_HEAD = 8;
  /** The newest block with transactions among so many: a trace of an empty block proves little. */
  private static final int SAMPLES = 16;
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);

  private record Asked(ChainNode node, TraceMethod method) {}

  /** @param certain whether no better method will ever be offered */
  private record Verdict(Optional<TraceMethod> method, boolean certain, Instant since) {}

  private final InstantSource time;
  private final TraceRefusals<Asked> refusals;
  private final Map<ChainNode, Verdict> verdicts = new HashMap<>();

  TraceSupport(InstantSource time) {
    this.time = time;
    this.refusals = new TraceRefusals<>(time);
  }

  /**
   * The best method that the node offers.
   *
   * @throws RpcFailure while that is unknown
   */
  Optional<TraceMethod> by(ChainNode node) {
    Verdict known = verdicts.get(node);
    if (known == null) {
      Verdict found = probe(node);
      logSupport(node, found.method());
      verdicts.put(node, found);
      return found.method();
    }
    if (known.certain() || time.instant().isBefore(known.since().plus(AGAIN_AFTER))) {
      return known.method();
    }
    Verdict found = probeAgain(node, known);
    if (!found.method().equals(known.method())) {
      logSupport(node, found.method());
    }
    verdicts.put(node, found);
    return found.method();
  }

  /** Drops the result of a node that no longer offers its method: it is probed again. */
  void clear(ChainNode node) {
    verdicts.remove(node);
  }

  /** Keeps the known result where the node does not answer better. */
  private Verdict probeAgain(ChainNode node, Verdict known) {
    try {
      return probe(node);
    } catch (RpcFailure failure) {
      return new Verdict(known.method(), false, time.instant());
    }
  }

  private Verdict probe(ChainNode node) {
    Header sample = sample(node);
    boolean certain = true;
    Optional<RpcFailure> open = Optional.empty();
    Optional<TraceMethod> found = Optional.empty();
    for (TraceMethod method : TraceMethod.values()) {
      try {
        var _ = method.ask(sample, node);
        found = Optional.of(method);
        break;
      } catch (RpcFailure failure) {
        if (TraceRefusals.isInconclusive(failure)) {
          throw failure;
        }
        if (!failure.isUnknownMethod()) {
          certain = false;
          if (!refusals.last(new Asked(node, method), failure, false) && open.isEmpty()) {
            open = Optional.of(failure);
          }
        }
        log.info("{} does not trace block {} by {}: {}", node.name(), sample.ref(), method.rpcMethod(),
            failure.getMessage());
      }
    }
    if (open.isPresent()) {
      throw open.get();
    }
    return new Verdict(found, certain, time.instant());
  }

  private static Header sample(ChainNode node) {
    Header head = node.newest(true);
    long to = Math.max(1, head.number() - BELOW_HEAD);   // nodes do not trace block 0
    List<Long> numbers = LongStream.rangeClosed(Math.max(1, to - SAMPLES + 1), to).boxed().toList().reversed();
    List<Header> held = node.headersAt(numbers, true).stream().flatMap(Optional::stream).toList();
    return held.stream().filter(header -> !header.transactions().isEmpty()).findFirst()
        .or(() -> held.stream().findFirst()).orElse(head);
  }

  private static void logSupport(ChainNode node, Optional<TraceMethod> method) {
    method.ifPresentOrElse(offered -> log.info("{} offers traces by {}", node.name(), offered.rpcMethod()),
        () -> log.warn("{} offers no traces. Deposits and withdrawals of contract wallets are found by comparing "
            + "states, and marked as such.", node.name()));
  }
}
