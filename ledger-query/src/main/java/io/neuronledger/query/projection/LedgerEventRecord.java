package io.neuronledger.query.projection;

import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.OptionalLong;

/**
 * One account event of an owner, and where it stands among the seals.
 *
 * @param published the record's JSON, as it came
 * @param stretch the seq of the seal or retraction before it
 * @param dropped whether a retraction behind it took its block away
 */
public record LedgerEventRecord(AccountRecord record, LedgerEvent event, RawBytes published, long stretch,
    boolean dropped) {
  public WalletAddress owner() {
    return event.owner();
  }

  /** The same line, known to be dropped or not. */
  public LedgerEventRecord dropped(boolean isDropped) {
    return new LedgerEventRecord(record, event, published, stretch, isDropped);
  }

  public int partition() {
    return record.partition();
  }

  public long seq() {
    return record.seq();
  }

  /** The block whose state it makes; none where it has no place on the chain and survives every fork. */
  public OptionalLong block() {
    return blockOf(event);
  }

  /** The block whose state {@code event} makes. A rewind makes the one that replaces the first retracted block. */
  public static OptionalLong blockOf(LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.LedgerRewound rewound -> OptionalLong.of(rewound.fromBlock());
      case LedgerEvent.ChainDriven driven -> OptionalLong.of(driven.cause().position().block());
      case LedgerEvent.DiscrepancyResolved _ -> OptionalLong.empty();
    };
  }
}
