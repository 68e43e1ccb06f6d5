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
 * The readings of one block, with their positions. Events before the block's first transaction take the first steps of
 * transaction 0. Events after its last transaction and before the seal take a transaction index of their own.
 */
final class BlockReadings {
  private static final int AFTER_TRANSACTIONS = ChainPosition.END_OF_BLOCK - 1;
  private static final int BEFORE_FIRST = -1;

  private final long block;
  private final UnaryOperator<Evidence> marked;
  private final List<Reading> readings = new ArrayList<>();
  private int transaction;
  private int step = BEFORE_FIRST;
  private boolean used;
  private Optional<Evidence> evidence = Optional.empty();

  /** @param marked adds to an evidence that it comes from unverified code */
  BlockReadings(long block, UnaryOperator<Evidence> marked) {
    this.block = block;
    this.marked = marked;
  }

  /** Starts a transaction: the following readings belong to it. */
  void transaction(int index) {
    if (index != transaction) {
      transaction = index;
      step = BEFORE_FIRST;
    }
  }

  void afterTransactions() {
    transaction(AFTER_TRANSACTIONS);
  }

  /** Starts the next step, known by this evidence. The step counts whether or not it emits an event. */
  void next(Evidence by) {
    step++;
    used = false;
    evidence = Optional.of(by);
  }

  void emit(ChainEvent event) {
    if (used) {
      step++;
    }
    used = true;
    readings.add(new Reading.Fact(new ChainPosition(block, transaction, step), marked.apply(evidence()), event));
  }

  /** The evidence of the current step. */
  Evidence evidence() {
    return evidence.orElseThrow(() -> new IllegalStateException("no step has been started"));
  }

  List<Reading> all() {
    return List.copyOf(readings);
  }
}
