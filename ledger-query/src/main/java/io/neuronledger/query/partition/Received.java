package io.neuronledger.query.partition;

import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.projection.RawBytes;
import java.util.Optional;
import java.util.OptionalLong;

/** One record of a partition, as it came. */
public sealed interface Received {
  /** Its offset in Kafka. */
  long offset();

  RawBytes value();

  /** Its number in the partition; absent where not even that can be read: it then counts as the next one. */
  OptionalLong seq();

  /** Whose it is, by its key; absent on what concerns the whole partition. */
  Optional<WalletAddress> owner();

  /** A record that says what it should. */
  record Understood(long offset, RawBytes value, Optional<WalletAddress> owner, AccountRecord record)
      implements Received {
    @Override
    public OptionalLong seq() {
      return OptionalLong.of(record.seq());
    }
  }

  /**
   * A record that can be read and does not belong where it lies: ledger-command has not written it there.
   *
   * @param reason for people
   */
  record Misplaced(long offset, RawBytes value, Optional<WalletAddress> owner, OptionalLong seq, String reason)
      implements Received {}

  /** @param reason for people */
  record NotUnderstood(long offset, RawBytes value, Optional<WalletAddress> owner, OptionalLong seq, String reason)
      implements Received {}
}
