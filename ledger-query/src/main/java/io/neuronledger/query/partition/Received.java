package io.neuronledger.query.partition;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.RawBytes;
import java.util.Optional;
import java.util.OptionalLong;

/** A record of a partition, as received. */
public sealed interface Received {
  /** The offset in Kafka. */
  long offset();

  RawBytes value();

  /** The number in the partition; empty if it cannot be read: the record then counts as the next one. */
  OptionalLong seq();

  /** The owner, from the record's key; empty for an event of the whole partition. */
  Optional<WalletAddress> owner();

  /** A valid record. */
  record Valid(long offset, RawBytes value, Optional<WalletAddress> owner, AccountRecord record)
      implements Received {
    @Override
    public OptionalLong seq() {
      return OptionalLong.of(record.seq());
    }
  }

  /**
   * A readable record in the wrong partition or under the wrong key; ledger-command did not write it there.
   *
   * @param reason for operators
   */
  record Misplaced(long offset, RawBytes value, Optional<WalletAddress> owner, OptionalLong seq, String reason)
      implements Received {}

  /**
   * A record of an owner that cannot be processed.
   *
   * @param reason for operators
   */
  record Poisonous(long offset, RawBytes value, Optional<WalletAddress> owner, OptionalLong seq, String reason)
      implements Received {}
}
