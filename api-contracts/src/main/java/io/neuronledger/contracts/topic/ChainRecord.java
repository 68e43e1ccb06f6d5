package io.neuronledger.contracts.topic;

import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * One record of {@link Topics#CHAIN_EVENTS}.
 *
 * @param partition the partition, the same in every topic
 * @param seq the record's number in the partition, from 0, without gaps, each once: at an unread offset a reader
 *     accepts only the next number and halts at any other
 * @param branch the fork counter, raised by each retraction
 * @param blockTime the block's timestamp, whole seconds
 * @param evidence how the event is known; absent on seals, retractions and the declaration
 */
public record ChainRecord(long chainId, int partition, long seq, int branch, ChainPosition position,
    Hash blockHash, Instant blockTime, ChainEvent event, Optional<Evidence> evidence) implements SequencedRecord {
  @Override
  public Optional<WalletAddress> owner() {
    return switch (event) {
      case ChainEvent.OwnerFact fact -> Optional.of(fact.owner());
      case ChainEvent.Broadcast _ -> Optional.empty();
    };
  }

  /** The cause of the account events that follow from this record. */
  public Cause cause() {
    return new Cause(position, branch, blockHash, blockTime, evidence);
  }
}
