package io.neuronledger.indexer.follow.state;

import io.neuronledger.contracts.following.GuardRange;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.guard.GuardRanges;
import io.neuronledger.indexer.publish.form.StateRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The indexer's state as it is stored: the cursor, the blocks that are not final yet, the decoder's state with the
 * deadlines of seals, and the guard ranges. Only committed entries change it. Not thread-safe.
 */
public final class IndexerState {
  private static final String CURSOR = "cursor";
  private static final String BLOCK = "block/";
  private static final String DECODER = "decoder/";
  private static final String RUN = "reconciliation";
  private static final String GUARD = "guard/";

  private Optional<Cursor> cursor = Optional.empty();
  private Optional<LastRun> lastRun = Optional.empty();
  private final NavigableMap<Long, RecentBlock> recent = new TreeMap<>();
  private final Map<String, String> decoder = new HashMap<>();
  private final RefundRequests refundRequests = new RefundRequests();
  private final NavigableMap<Long, GuardRange> guard = new TreeMap<>();

  /** @param entries as {@link io.neuronledger.indexer.publish.StateStore} loads them */
  public static IndexerState of(Map<String, String> entries) {
    IndexerState indexerState = new IndexerState();
    entries.forEach((key, value) -> indexerState.apply(new StateRecord(key, Optional.of(value))));
    return indexerState;
  }

  /** Empty before the first publication. */
  public Optional<Cursor> cursor() {
    return cursor;
  }

  /** The published blocks above the anchor, by number. */
  public NavigableMap<Long, RecentBlock> recent() {
    return Collections.unmodifiableNavigableMap(recent);
  }

  /** The newest reconciliation; empty before the first one. */
  public Optional<LastRun> lastRun() {
    return lastRun;
  }

  /** The guard ranges of the published blocks: a modifiable copy. */
  public GuardRanges guard() {
    return new GuardRanges(guard);
  }

  public Map<String, String> decoder() {
    return Collections.unmodifiableMap(decoder);
  }

  /**
   * The deadlines in the decoder's state.
   *
   * @param draft over {@link #decoder}; later changes of the deadlines go there
   */
  public SealDeadlines deadlines(DecoderState draft, Partitions partitions) {
    return new SealDeadlines(draft, partitions, refundRequests);
  }

  /** @param committed the entries of the transaction that was just committed */
  public void apply(List<StateRecord> committed) {
    committed.forEach(this::apply);
  }

  public static StateRecord entry(Cursor cursor) {
    return new StateRecord(CURSOR, Optional.of(TopicJson.MAPPER.writeValueAsString(cursor)));
  }

  public static StateRecord entry(RecentBlock block) {
    return new StateRecord(BLOCK + block.block().number(), Optional.of(TopicJson.MAPPER.writeValueAsString(block)));
  }

  public static StateRecord entry(LastRun run) {
    return new StateRecord(RUN, Optional.of(TopicJson.MAPPER.writeValueAsString(run)));
  }

  /** The entries that change the stored ranges to these. */
  public List<StateRecord> entries(GuardRanges ranges) {
    List<StateRecord> entries = new ArrayList<>();
    guard.keySet().stream().filter(from -> !ranges.all().containsKey(from))
        .forEach(from -> entries.add(new StateRecord(GUARD + from, Optional.empty())));
    ranges.all().values().stream().filter(range -> !range.equals(guard.get(range.from())))
        .forEach(range -> entries.add(
            new StateRecord(GUARD + range.from(), Optional.of(TopicJson.MAPPER.writeValueAsString(range)))));
    return entries;
  }

  /** Removes a recent block. */
  static StateRecord without(long block) {
    return new StateRecord(BLOCK + block, Optional.empty());
  }

  public static StateRecord decoderEntry(String key, Optional<String> value) {
    return new StateRecord(DECODER + key, value);
  }

  private void apply(StateRecord entry) {
    String key = entry.key();
    if (key.equals(CURSOR)) {
      cursor = entry.value().map(json -> TopicJson.MAPPER.readValue(json, Cursor.class));
    } else if (key.equals(RUN)) {
      lastRun = entry.value().map(json -> TopicJson.MAPPER.readValue(json, LastRun.class));
    } else if (key.startsWith(GUARD)) {
      long from = Long.parseLong(key.substring(GUARD.length()));
      entry.value().map(json -> TopicJson.MAPPER.readValue(json, GuardRange.class))
          .ifPresentOrElse(range -> guard.put(from, range), () -> guard.remove(from));
    } else if (key.startsWith(BLOCK)) {
      long number = Long.parseLong(key.substring(BLOCK.length()));
      entry.value().map(json -> TopicJson.MAPPER.readValue(json, RecentBlock.class))
          .ifPresentOrElse(block -> recent.put(number, block), () -> recent.remove(number));
    } else if (key.startsWith(DECODER)) {
      String name = key.substring(DECODER.length());
      entry.value().ifPresentOrElse(text -> decoder.put(name, text), () -> decoder.remove(name));
      RefundRequests.Request.of(name).ifPresent(
          entry.value().isPresent() ? refundRequests::add : refundRequests::remove);
    } else {
      throw new IllegalStateException("the indexer's state has an entry of another version: " + key);
    }
  }
}
