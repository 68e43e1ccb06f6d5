package io.neuronledger.query.projection;

import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.OptionalLong;

/**
 * A ledger event of an owner, and its span between seals.
 *
 * @param markSeq the seq of the seal or retraction before it
 * @param dropped whether a later retraction dropped its block
 */
public record LedgerEventRecord(AccountRecord record, LedgerEvent event, long markSeq, boolean dropped) {
  public WalletAddress owner() {
    return event.owner();
  }

  /** Returns the same line, marked as dropped or not. */
  public LedgerEventRecord dropped(boolean isDropped) {
    return new LedgerEventRecord(record, event, markSeq, isDropped);
  }

  public int partition() {
    return record.partition();
  }

  public long seq() {
    return record.seq();
  }

  /** The block whose state it changes; empty if it has no position on the chain and survives every fork. */
  public OptionalLong block() {
    return blockOf(event);
  }

  /**
   * The block whose state {@code event} changes. A rewind changes that of the block that replaces the first retracted
   * one.
   */
  public static OptionalLong blockOf(LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.LedgerRewound rewound -> OptionalLong.of(rewound.fromBlock());
      case LedgerEvent.ChainDriven driven -> OptionalLong.of(driven.cause().position().block());
      case LedgerEvent.BreachDecision _ -> OptionalLong.empty();
    };
  }
}
