package io.neuronledger.indexer.chain;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.contracts.value.WalletAddress;
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
 * Nodes behind a balancer answer "no logs" where they should say "I do not know", or leave some out. The header's
 * bloom, which the block's hash covers, gives them away: by each emitter of the filter that it may hold and that was
 * not heard of. Where a chain keeps no true blooms, which shows as a bloom that denies a log that is there, or as one
 * with every bit set, the check goes off with a warning.
 */
final class BloomCheck {
  private static final Logger log = LoggerFactory.getLogger(BloomCheck.class);

  private final Counter mismatches;
  private Optional<LogFilter> keysOf = Optional.empty();
  private Map<WalletAddress, Bloom.Key> emitters = Map.of();
  private List<Bloom.Key> topics = List.of();
  private volatile boolean on = true;

  BloomCheck(MeterRegistry registry) {
    this.mismatches = Counter.builder("indexer.bloom.mismatches")
        .description("Blocks whose bloom may hold logs of a contract of which none was answered").register(registry);
    registry.gauge("indexer.bloom.check", this, check -> check.on ? 1 : 0);
  }

  /** Whether the block may hold logs of an emitter of which none was answered: the answer needs a proof. */
  boolean doubts(BlockMaterial block, LogFilter filter) {
    if (!on) {
      return false;
    }
    Bloom bloom = block.header().bloom();
    if (bloom.isFull()) {
      off("block " + block.header().ref() + " has a bloom with every bit set");
      return false;
    }
    Set<WalletAddress> mayHold = mayHold(bloom, filter);
    for (LogEntry heard : block.logs()) {
      if (!mayHold.contains(heard.emitter())) {
        off("block " + block.header().ref() + " has logs that its bloom denies");
        return false;
      }
    }
    block.logs().forEach(heard -> mayHold.remove(heard.emitter()));
    if (!mayHold.isEmpty()) {
      mismatches.increment();
    }
    return !mayHold.isEmpty();
  }

  /**
   * Whether these are all logs of the block: then they make exactly its bloom. That proves an answer complete which
   * holds those of them that pass the filter.
   */
  static boolean proves(Header header, List<LogEntry> allLogs) {
    Set<Bloom.Key> keys = new HashSet<>();
    for (LogEntry entry : allLogs) {
      keys.add(Bloom.Key.of(entry.emitter().value()));
      entry.topics().forEach(topic -> keys.add(Bloom.Key.of(topic)));
    }
    return Bloom.ofKeys(keys).equals(header.bloom());
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

  private void off(String reason) {
    on = false;
    log.warn("The bloom check is off from now on, because this chain keeps no true blooms: {}. An answer without logs "
        + "is believed; logs are still checked by block hash.", reason);
  }
}
