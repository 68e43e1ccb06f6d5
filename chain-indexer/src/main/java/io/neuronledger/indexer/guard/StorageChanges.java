package io.neuronledger.indexer.guard;

import java.util.Set;

/**
 * Which of some blocks changed the storage of a followed contract although nothing of it was known before.
 *
 * @param changed the numbers of those blocks
 * @param proved whether the node proved the storage roots: otherwise nothing is known, and {@code changed} is empty
 */
public record StorageChanges(Set<Long> changed, boolean proved) {
  /** The node proves no storage roots of these blocks. */
  public static final StorageChanges UNKNOWN = new StorageChanges(Set.of(), false);

  public StorageChanges {
    changed = Set.copyOf(changed);
  }

  public boolean in(long block) {
    return changed.contains(block);
  }
}
