package io.neuronledger.query.intake;

import io.neuronledger.query.partition.Poison;
import java.util.List;

/** Copies records that could not be processed to where operators and tools can read them. */
@FunctionalInterface
public interface DeadLetters {
  /**
   * Returns once the copies are stored durably. After a failure a copy may exist although its record is not parked;
   * never the other way round.
   */
  void copy(List<Poison> records);
}
