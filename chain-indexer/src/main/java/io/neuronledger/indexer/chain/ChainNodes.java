package io.neuronledger.indexer.chain;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.indexer.chain.block.BlockTimes;
import io.neuronledger.indexer.chain.call.NodeCapabilities;
import io.neuronledger.indexer.chain.log.BloomCheck;
import io.neuronledger.indexer.chain.log.LogReader;
import io.neuronledger.indexer.chain.log.ReceiptLogs;
import io.neuronledger.indexer.rpc.Backoff;
import io.neuronledger.indexer.rpc.Repeats;
import io.neuronledger.indexer.rpc.RpcNode;
import io.neuronledger.indexer.rpc.Sleeper;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes. One is used until it fails; then the next one that is not resting after its own failure. Not thread-safe.
 */
public final class ChainNodes {
  private static final Logger log = LoggerFactory.getLogger(ChainNodes.class);

  private static final class Candidate {
    final ChainNode node;
    int failures;
    Instant restsUntil = Instant.MIN;

    Candidate(ChainNode node) {
      this.node = node;
    }
  }

  private final List<Candidate> candidates;
  private final Backoff backoff;
  private final Clock clock;
  private int current;

  ChainNodes(List<ChainNode> nodes, Backoff backoff, Clock clock) {
    this.candidates = nodes.stream().map(Candidate::new).toList();
    this.backoff = backoff;
    this.clock = clock;
  }

  /** @param urls in order of preference */
  public static ChainNodes at(List<URI> urls, HttpClient http, ChainAccess access, Backoff backoff, Clock clock,
      MeterRegistry registry) {
    return at(urls, http, access, backoff, Thread::sleep, clock, registry);
  }

  /** @param sleeper waits before a single request is repeated */
  public static ChainNodes at(List<URI> urls, HttpClient http, ChainAccess access, Backoff backoff, Sleeper sleeper,
      Clock clock, MeterRegistry registry) {
    BlockTimes times = new BlockTimes(clock, access.blockTimeTolerance());
    List<ChainNode> nodes = urls.stream().map(url -> {
      RpcNode rpc = new RpcNode(url, http, access.limits(), new Repeats(backoff, sleeper), registry);
      NodeCapabilities capabilities = new NodeCapabilities(rpc.name(), clock);
      Optional<BloomCheck> blooms =
          access.bloomCheck() ? Optional.of(new BloomCheck(rpc.name(), capabilities, clock, registry))
              : Optional.empty();
      return new ChainNode(rpc, capabilities,
          new LogReader(rpc, capabilities, blooms, new ReceiptLogs(rpc, capabilities), access.blocksPerRangeMax()),
          times);
    }).toList();
    return new ChainNodes(nodes, backoff, clock);
  }

  /** The node in use. */
  public ChainNode current() {
    return candidates.get(current).node;
  }

  /** All other nodes. */
  public List<ChainNode> others(ChainNode node) {
    List<ChainNode> others = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (candidate.node != node) {
        others.add(candidate.node);
      }
    }
    return others;
  }

  /** Records a success of the node. */
  public void worked(ChainNode node) {
    of(node).failures = 0;
  }

  /**
   * Records a failure: the node rests, longer each time, or as long as it asks for; another node is used meanwhile.
   *
   * @return how long to wait until any node may be asked again; zero where another one is ready
   */
  public Duration failed(ChainNode node, RpcFailure failure) {
    Candidate failed = of(node);
    failed.failures++;
    Duration rest = backoff.after(failed.failures);
    Instant now = clock.instant();
    failed.restsUntil = now.plus(failure.retryAfter().filter(asked -> asked.compareTo(rest) > 0).orElse(rest));
    Candidate next = failed;
    for (int i = 1; i < candidates.size(); i++) {
      Candidate other = candidates.get((current + i) % candidates.size());
      if (other.restsUntil.isBefore(next.restsUntil)) {
        next = other;
        if (!other.restsUntil.isAfter(now)) {
          break;
        }
      }
    }
    use(next);
    return next.restsUntil.isAfter(now) ? Duration.between(now, next.restsUntil) : Duration.ZERO;
  }

  /** Switches to a node that is further ahead. */
  public void prefer(ChainNode node) {
    use(of(node));
  }

  private void use(Candidate next) {
    int index = candidates.indexOf(next);
    if (index != current) {
      log.warn("now following {} instead of {}", next.node.name(), current().name());
      current = index;
    }
  }

  private Candidate of(ChainNode node) {
    return candidates.stream().filter(candidate -> candidate.node == node).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not a configured node: " + node.name()));
  }
}
