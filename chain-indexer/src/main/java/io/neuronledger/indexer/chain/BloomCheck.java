package io.neuronledger.indexer.chain;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes behind a balancer answer "no logs" where they should say "I do not know". The header's bloom, which the block's
 * hash covers, gives them away. Only emitters and topics of the filter are looked at. Where a chain keeps no true
 * blooms, which shows as a bloom that denies a log that is there, or as one with every bit set, the check goes off with
 * a warning.
 */
final class BloomCheck {
  private static final Logger log = LoggerFactory.getLogger(BloomCheck.class);

  private final Counter mismatches;
  private Optional<LogFilter> keysOf = Optional.empty();
  private List<Bloom.Key> emitters = List.of();
  private List<Bloom.Key> topics = List.of();
  private volatile boolean on = true;

  BloomCheck(MeterRegistry registry) {
    this.mismatches = Counter.builder("indexer.bloom.mismatches")
        .description("Blocks answered without logs although their bloom may hold some").register(registry);
    registry.gauge("indexer.bloom.check", this, check -> check.on ? 1 : 0);
  }

  /** Whether the block may hold logs of the filter although none was answered: the answer needs a proof. */
  boolean doubts(BlockMaterial block, LogFilter filter) {
    if (!on) {
      return false;
    }
    Bloom bloom = block.header().bloom();
    if (bloom.isFull()) {
      off("block " + block.header().ref() + " has a bloom with every bit set");
      return false;
    }
    boolean may = mayHold(bloom, filter);
    if (block.logs().isEmpty()) {
      if (may) {
        mismatches.increment();
      }
      return may;
    }
    if (!may) {
      off("block " + block.header().ref() + " has logs that its bloom denies");
    }
    return false;
  }

  /**
   * Whether these are all logs of the block: then they make exactly its bloom. That proves an answer complete in which
   * no log passes the filter.
   */
  static boolean proves(Header header, List<LogEntry> allLogs) {
    Set<Bloom.Key> keys = new HashSet<>();
    for (LogEntry entry : allLogs) {
      keys.add(Bloom.Key.of(entry.emitter().value()));
      entry.topics().forEach(topic -> keys.add(Bloom.Key.of(topic)));
    }
    return Bloom.ofKeys(keys).equals(header.bloom());
  }

  private boolean mayHold(Bloom bloom, LogFilter filter) {
    if (!keysOf.equals(Optional.of(filter))) {
      emitters = filter.emitters().stream().map(emitter -> Bloom.Key.of(emitter.value())).toList();
      topics = filter.topics().stream().map(Bloom.Key::of).toList();
      keysOf = Optional.of(filter);
    }
    return emitters.stream().anyMatch(bloom::mayContain) && topics.stream().anyMatch(bloom::mayContain);
  }

  private void off(String reason) {
    on = false;
    log.warn("The bloom check is off from now on, because this chain keeps no true blooms: {}. An answer without logs "
        + "is believed; logs are still checked by block hash.", reason);
  }
}
