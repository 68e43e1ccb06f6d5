package io.neuronledger.indexer.chain.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Bloom;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.chain.call.NodeCapabilities;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects missing logs by the header's bloom. Nodes behind a load balancer may answer without logs instead of failing;
 * the bloom, which the block's hash covers, may then contain a contract without an answered log. A node whose blooms
 * contradict existing logs has wrong blooms; the check is then off for a while, with a warning. Not thread-safe.
 */
public final class BloomCheck {
  private static final Logger log = LoggerFactory.getLogger(BloomCheck.class);
  private static final Duration RETRY_AFTER = Duration.ofMinutes(10);

  private final String node;
  private final NodeCapabilities capabilities;
  private final InstantSource time;
  private final Counter mismatches;
  private Optional<LogFilter> keysOf = Optional.empty();
  private Map<WalletAddress, Bloom.Key> emitters = Map.of();
  private List<Bloom.Key> topics = List.of();
  private volatile Instant offUntil = Instant.MIN;

  public BloomCheck(String node, NodeCapabilities capabilities, InstantSource time, MeterRegistry registry) {
    this.node = node;
    this.capabilities = capabilities;
    this.time = time;
    this.mismatches = Counter.builder("indexer.bloom.mismatches").tag("node", node)
        .description("Blocks whose bloom may hold logs of a contract of which none was answered").register(registry);
    Gauge.builder("indexer.bloom.check", this, check -> check.isOn() ? 1 : 0).tag("node", node).register(registry);
  }

  /** Whether the block may have logs of an emitter without an answered one: the answer needs a proof. */
  boolean doubts(BlockData block, LogFilter filter) {
    Bloom bloom = block.header().bloom();
    if (!bloom.isKnown()) {
      capabilities.lacks(NodeCapabilities.Capability.BLOOMS, "block " + block.header().ref() + " has none");
      return false;
    }
    capabilities.supports(NodeCapabilities.Capability.BLOOMS);
    Set<WalletAddress> mayHold = mayHold(bloom, filter);
    if (block.logs().stream().anyMatch(answered -> !mayHold.contains(answered.emitter()))) {
      turnOff(block.header().ref());
    }
    if (!isOn()) {
      return false;
    }
    block.logs().forEach(answered -> mayHold.remove(answered.emitter()));
    if (!mayHold.isEmpty()) {
      mismatches.increment();
    }
    return !mayHold.isEmpty();
  }

  private void turnOff(BlockRef block) {
    if (isOn()) {
      log.warn("{} answered block {} with a bloom that contradicts its logs: for {} its blooms are not used, and an "
          + "answer without logs is checked against storage roots only, where the node proves them", node,
          block, RETRY_AFTER);
    }
    offUntil = time.instant().plus(RETRY_AFTER);
  }

  private boolean isOn() {
    return !time.instant().isBefore(offUntil);
  }

  private Set<WalletAddress> mayHold(Bloom bloom, LogFilter filter) {
    if (!keysOf.equals(Optional.of(filter))) {
      emitters = filter.emitters().stream()
          .collect(Collectors.toMap(Function.identity(), emitter -> Bloom.Key.of(emitter.value())));
      topics = filter.topics().stream().map(Bloom.Key::of).toList();
      keysOf = Optional.of(filter);
    }
    Set<WalletAddress> may = new HashSet<>();
    emitters.forEach((emitter, key) -> {
      if (bloom.mayContain(key)) {
        may.add(emitter);
      }
    });
    return may.isEmpty() || topics.stream().anyMatch(bloom::mayContain) ? may : new HashSet<>();
  }
}
