package io.neuronledger.query.asof;

import io.neuronledger.contracts.view.AsOf;

/**
 * Where an answer about one owner stands. In sight are states with {@code block <= asOf.block} and
 * {@code stretch < sealedSeq}, and journal entries with {@code seq < sealedSeq}.
 *
 * @param sealedSeq the partition's seq of the seal that the owner's newest answers stand at
 * @param quarantined whether the owner's answers stand still there
 * @param past whether the caller asked for a past block
 */
public record ReadPoint(int partition, long sealedSeq, AsOf asOf, boolean quarantined, boolean past) {
  public long block() {
    return asOf.block();
  }
}
