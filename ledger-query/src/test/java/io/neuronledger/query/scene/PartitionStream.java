package io.neuronledger.query.scene;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The records of one partition, numbered as ledger-command numbers them. */
public final class PartitionStream {
  public static final long CHAIN_ID = 31337;
  public static final Instant RECORDED_AT = Instant.parse("2026-02-01T00:00:00.123456Z");

  private final int partition;
  private final List<AccountRecord> records = new ArrayList<>();
  private final Map<String, Long> sequences = new HashMap<>();

  public PartitionStream(int partition) {
    this.partition = partition;
  }

  public AccountRecord add(AccountEvent event) {
    String stream = switch (event) {
      case LedgerEvent owned -> "ledger:" + owned.owner();
      case UsageEvent.UsageRecorded usage ->
          "usage-meter:" + usage.owner() + ":" + usage.provider() + ":" + usage.service();
      case UsageEvent.DifferenceResolved decision -> "resolution:" + decision.owner() + ":" + decision.key();
      case PartitionEvent _ -> "partition:" + partition;
    };
    long sequence = sequences.merge(stream, 0L, (before, _) -> before + 1);
    AccountRecord record =
        new AccountRecord(CHAIN_ID, partition, records.size(), stream, sequence, RECORDED_AT, event);
    records.add(record);
    return record;
  }

  public int partition() {
    return partition;
  }

  public List<AccountRecord> records() {
    return List.copyOf(records);
  }

  /** The owners with anything behind the last seal below the block. */
  Set<WalletAddress> ownersFrom(long block) {
    int from = 0;
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i).event() instanceof PartitionEvent.BlockSealed seal) {
        from = seal.block() < block ? i : from;
      }
    }
    Set<WalletAddress> owners = new TreeSet<>();
    records.subList(from, records.size()).forEach(record -> keyOf(record).ifPresent(owners::add));
    return owners;
  }

  /** The Kafka key of a record: whose it is. */
  public static Optional<WalletAddress> keyOf(AccountRecord record) {
    return switch (record.event()) {
      case LedgerEvent event -> Optional.of(event.owner());
      case UsageEvent event -> Optional.of(event.owner());
      case PartitionEvent _ -> Optional.empty();
    };
  }
}
