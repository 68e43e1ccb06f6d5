package io.neuronledger.indexer.decode.zerog.model;

import io.neuronledger.indexer.decode.DecoderState;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Changes over a key-value store, which can be discarded or applied. Not thread-safe. */
public final class ModelOverlay {
  private final Function<String, Optional<String>> below;
  private final Function<String, SortedMap<String, String>> belowStartingWith;
  private final SortedMap<String, Optional<String>> changes = new TreeMap<>();

  private ModelOverlay(Function<String, Optional<String>> below,
      Function<String, SortedMap<String, String>> belowStartingWith) {
    this.below = below;
    this.belowStartingWith = belowStartingWith;
  }

  public static ModelOverlay over(DecoderState state) {
    return new ModelOverlay(state::get, state::startingWith);
  }

  public static ModelOverlay over(ModelOverlay overlay) {
    return new ModelOverlay(overlay::get, overlay::startingWith);
  }

  public Optional<String> get(String key) {
    Optional<String> changed = changes.get(key);
    return changed != null ? changed : below.apply(key);
  }

  public void put(String key, String value) {
    changes.put(key, Optional.of(value));
  }

  public void remove(String key) {
    changes.put(key, Optional.empty());
  }

  public SortedMap<String, String> startingWith(String prefix) {
    SortedMap<String, String> found = new TreeMap<>(belowStartingWith.apply(prefix));
    for (Map.Entry<String, Optional<String>> change : changes.tailMap(prefix).entrySet()) {
      if (!change.getKey().startsWith(prefix)) {
        break;
      }
      change.getValue().ifPresentOrElse(value -> found.put(change.getKey(), value),
          () -> found.remove(change.getKey()));
    }
    return found;
  }

  /** The changes, each key with its value; empty where it is removed. */
  public SortedMap<String, Optional<String>> changes() {
    return Collections.unmodifiableSortedMap(changes);
  }

  /** Adds these changes. */
  public void apply(Map<String, Optional<String>> newer) {
    changes.putAll(newer);
  }
}
