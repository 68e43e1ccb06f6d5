package io.neuronledger.query.intake;

import io.neuronledger.query.partition.Poison;
import java.util.List;

/** Where people and tools find the records that were not understood. */
@FunctionalInterface
public interface DeadLetters {
  /**
   * Returns once the copies are safe. A copy may be there without its record being parked, after a failure in between;
   * never the other way round.
   */
  void copy(List<Poison> records);
}
