package io.neuronledger.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import java.time.Instant;
import java.util.Optional;

/**
 * One record of {@link Topics#CHAIN_EVENTS}.
 *
 * @param partition the partition, the same in every topic
 * @param seq nth record of the partition, from 0, without a gap, each once: at an offset not read before a reader takes
 *     exactly the next one and halts at any other
 * @param branch the fork counter, raised by each retraction
 * @param blockTime the block's timestamp, whole seconds
 * @param evidence how it is known; absent on seals, retractions and the declaration
 */
public record ChainRecord(long chainId, @JsonProperty("lane") int partition, long seq, int branch,
    ChainPosition position, Hash blockHash,
    Instant blockTime, ChainEvent event, Optional<Evidence> evidence) {

  /** What an account event that follows from this record says of its cause. */
  public Cause cause() {
    return new Cause(position, branch, blockHash, blockTime, evidence);
  }
}
