package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.indexer.decode.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The readings of one block, with their positions. What stood before the block's first transaction takes the first
 * steps of transaction 0; what stands behind its last one, and before the seal, a transaction index of its own.
 */
final class BlockReadings {
  private static final int BEHIND_TRANSACTIONS = ChainPosition.END_OF_BLOCK - 1;
  private static final int BEFORE_FIRST = -1;

  private final long block;
  private final UnaryOperator<Evidence> marked;
  private final List<Reading> readings = new ArrayList<>();
  private int transaction;
  private int step = BEFORE_FIRST;
  private boolean used;
  private Optional<Evidence> evidence = Optional.empty();

  /** @param marked how evidence is told, with what must be known of it */
  BlockReadings(long block, UnaryOperator<Evidence> marked) {
    this.block = block;
    this.marked = marked;
  }

  /** What follows happened in this transaction. */
  void transaction(int index) {
    if (index != transaction) {
      transaction = index;
      step = BEFORE_FIRST;
    }
  }

  void behindTransactions() {
    transaction(BEHIND_TRANSACTIONS);
  }

  /** What follows is the next thing that happened, known by this. Whether it says something or not, it takes a step. */
  void next(Evidence by) {
    step++;
    used = false;
    evidence = Optional.of(by);
  }

  void say(ChainEvent event) {
    if (used) {
      step++;
    }
    used = true;
    readings.add(new Reading.Fact(new ChainPosition(block, transaction, step), marked.apply(evidence()), event));
  }

  /** How what is being told is known. */
  Evidence evidence() {
    return evidence.orElseThrow(() -> new IllegalStateException("nothing is being told"));
  }

  List<Reading> all() {
    return List.copyOf(readings);
  }
}
