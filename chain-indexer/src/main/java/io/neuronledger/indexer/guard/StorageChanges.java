package io.neuronledger.indexer.guard;

import java.util.Set;

/**
 * The blocks that changed the storage of a followed contract without a known action.
 *
 * @param changed the numbers of those blocks
 * @param proved whether the node proved the storage roots; if not, {@code changed} is empty and nothing is known
 */
public record StorageChanges(Set<Long> changed, boolean proved) {
  /** The node does not prove the storage roots of these blocks. */
  public static final StorageChanges UNKNOWN = new StorageChanges(Set.of(), false);

  public StorageChanges {
    changed = Set.copyOf(changed);
  }

  public boolean in(long block) {
    return changed.contains(block);
  }
}
