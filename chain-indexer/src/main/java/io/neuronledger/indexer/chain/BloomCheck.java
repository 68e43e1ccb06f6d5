package io.neuronledger.indexer.chain;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.contracts.value.WalletAddress;
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
 * Nodes behind a balancer answer "no logs" where they should answer that they do not know. The header's bloom, which
 * the block's hash covers, gives them away: it may hold a contract of which no log was answered. A node whose blooms
 * deny logs that are there keeps no true ones; they are not looked at for a while then, with a warning. Not
 * thread-safe.
 */
final class BloomCheck {
  private static final Logger log = LoggerFactory.getLogger(BloomCheck.class);
  private static final Duration LOOKED_AT_AGAIN_AFTER = Duration.ofMinutes(10);

  private final String node;
  private final NodeCapabilities capabilities;
  private final InstantSource time;
  private final Counter mismatches;
  private Optional<LogFilter> keysOf = Optional.empty();
  private Map<WalletAddress, Bloom.Key> emitters = Map.of();
  private List<Bloom.Key> topics = List.of();
  private volatile Instant offUntil = Instant.MIN;

  BloomCheck(String node, NodeCapabilities capabilities, InstantSource time, MeterRegistry registry) {
    this.node = node;
    this.capabilities = capabilities;
    this.time = time;
    this.mismatches = Counter.builder("indexer.bloom.mismatches").tag("node", node)
        .description("Blocks whose bloom may hold logs of a contract of which none was answered").register(registry);
    Gauge.builder("indexer.bloom.check", this, check -> check.isOn() ? 1 : 0).tag("node", node).register(registry);
  }

  /** Whether the block may hold logs of an emitter of which none was answered: the answer needs a proof. */
  boolean doubts(BlockData block, LogFilter filter) {
    Bloom bloom = block.header().bloom();
    if (!bloom.isKnown()) {
      capabilities.lacks(NodeCapabilities.Capability.BLOOMS, "block " + block.header().ref() + " has none");
      return false;
    }
    capabilities.supports(NodeCapabilities.Capability.BLOOMS);
    Set<WalletAddress> mayHold = mayHold(bloom, filter);
    if (block.logs().stream().anyMatch(heard -> !mayHold.contains(heard.emitter()))) {
      off(block.header().ref());
    }
    if (!isOn()) {
      return false;
    }
    block.logs().forEach(heard -> mayHold.remove(heard.emitter()));
    if (!mayHold.isEmpty()) {
      mismatches.increment();
    }
    return !mayHold.isEmpty();
  }

  private void off(BlockRef block) {
    if (isOn()) {
      log.warn("{} answered block {} with a bloom that denies logs which are there: for {} its blooms are not looked "
          + "at, and an answer without logs is held against storage roots only, where it proves them", node,
          block, LOOKED_AT_AGAIN_AFTER);
    }
    offUntil = time.instant().plus(LOOKED_AT_AGAIN_AFTER);
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
