package io.neuronledger.indexer.decode;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A contract family's state, and what decides the seals of its events: texts by key. A draft over the stored state:
 * changes are collected, together with each block's undo data, and are stored only with the events that they belong to.
 * Not thread-safe.
 */
public final class DecoderState {
  private final Map<String, String> stored;
  private final Map<String, Optional<String>> changes = new HashMap<>();
  private SortedMap<String, Optional<String>> before = new TreeMap<>();

  /** @param stored the stored state; never changed here */
  public DecoderState(Map<String, String> stored) {
    this.stored = Collections.unmodifiableMap(stored);
  }

  public Optional<String> get(String key) {
    Optional<String> changed = changes.get(key);
    return changed != null ? changed : Optional.ofNullable(stored.get(key));
  }

  public void put(String key, String value) {
    set(key, Optional.of(value));
  }

  public void remove(String key) {
    set(key, Optional.empty());
  }

  /** All keys that begin with {@code prefix}, with their values, in order of key. */
  public SortedMap<String, String> startingWith(String prefix) {
    SortedMap<String, String> found = new TreeMap<>();
    stored.forEach((key, value) -> {
      if (key.startsWith(prefix)) {
        found.put(key, value);
      }
    });
    changes.forEach((key, value) -> {
      if (key.startsWith(prefix)) {
        value.ifPresentOrElse(text -> found.put(key, text), () -> found.remove(key));
      }
    });
    return found;
  }

  /**
   * Ends a block.
   *
   * @return the undo data of the changes since the last block: the previous value of each changed key, empty where it
   *     had none
   */
  public SortedMap<String, Optional<String>> endBlock() {
    SortedMap<String, Optional<String>> undo = Collections.unmodifiableSortedMap(before);
    before = new TreeMap<>();
    return undo;
  }

  /** Undoes one block's changes. The newest block comes first. */
  public void undo(Map<String, Optional<String>> undo) {
    changes.putAll(undo);
  }

  /** The keys that differ from the stored state, with their values; empty where they are removed. */
  public Map<String, Optional<String>> changes() {
    return Collections.unmodifiableMap(changes);
  }

  private void set(String key, Optional<String> value) {
    Optional<String> old = get(key);
    if (!old.equals(value)) {
      before.putIfAbsent(key, old);
      changes.put(key, value);
    }
  }
}
