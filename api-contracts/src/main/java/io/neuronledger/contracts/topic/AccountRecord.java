package io.neuronledger.contracts.topic;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * One record of {@link Topics#ACCOUNT_EVENTS}.
 *
 * @param partition the partition
 * @param seq the record's number in the partition, from 0, without gaps, each once: at an unread offset a reader
 *     accepts only the next number and halts at any other
 * @param stream the aggregate's stream, {@code ledger:<owner>}; {@code usage-meter:<owner>:<provider>:<service>} for
 *     reported usage; {@code resolution:<owner>:<key>} for operators' decisions; {@code partition:<number>} for
 *     partition events
 * @param sequence the event's number in the stream, from 0, without gaps
 * @param recordedAt the time of recording, by ledger-command's clock
 */
public record AccountRecord(long chainId, int partition, long seq, String stream, long sequence, Instant recordedAt,
    AccountEvent event) implements SequencedRecord {
  @Override
  public Optional<WalletAddress> owner() {
    return switch (event) {
      case LedgerEvent ofLedger -> Optional.of(ofLedger.owner());
      case UsageEvent ofUsage -> Optional.of(ofUsage.owner());
      case PartitionEvent _, AccountEvent.PeriodEvent _ -> Optional.empty();
    };
  }
}
