package io.neuronledger.indexer.decode.zerog.model;

import io.neuronledger.indexer.decode.DecoderState;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Texts by key over what is remembered already: a draft that can be thrown away, or taken over. Not thread-safe. */
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

  public static ModelOverlay over(ModelOverlay notes) {
    return new ModelOverlay(notes::get, notes::startingWith);
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

  /** What was written here, each key with its value; empty where it is gone. */
  public SortedMap<String, Optional<String>> changes() {
    return Collections.unmodifiableSortedMap(changes);
  }

  /** Takes changes over. */
  public void apply(Map<String, Optional<String>> taken) {
    changes.putAll(taken);
  }
}
