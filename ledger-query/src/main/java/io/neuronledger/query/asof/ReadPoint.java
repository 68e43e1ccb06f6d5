package io.neuronledger.query.asof;

import io.neuronledger.contracts.view.AsOf;

/**
 * The point that an answer about one owner is as of. Visible are states with {@code block <= asOf.block} and
 * {@code mark_seq < sealedSeq}, and journal entries with {@code seq < sealedSeq}.
 *
 * @param sealedSeq the seq, in the partition, of the seal that the owner's newest answers are as of
 * @param quarantined whether the owner's answers are frozen there
 * @param past whether the caller selected a block by {@code at_block}
 */
public record ReadPoint(int partition, long sealedSeq, AsOf asOf, boolean quarantined, boolean past) {
  public long block() {
    return asOf.block();
  }
}
