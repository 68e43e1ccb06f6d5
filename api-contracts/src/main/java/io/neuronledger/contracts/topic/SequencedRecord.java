package io.neuronledger.contracts.topic;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.Optional;

/** A record of a topic whose one writer numbers the records of each partition without gaps. */
public interface SequencedRecord {
  /** The partition, the same in every topic. */
  int partition();

  /**
   * The record's number in the partition, from 0, without gaps, each once: at an unread offset a reader accepts only
   * the next number and halts at any other.
   */
  long seq();

  /** The owner that the record concerns, whose address is its key; empty if it concerns the whole partition. */
  Optional<WalletAddress> owner();
}
