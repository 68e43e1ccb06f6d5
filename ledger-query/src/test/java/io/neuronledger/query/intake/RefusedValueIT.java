package io.neuronledger.query.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.partition.change.Partition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reason in health and the log for a record with a value that PostgreSQL refuses. */
class RefusedValueIT {
  /** Beyond what the database can store. */
  private static final Instant LATE = Instant.ofEpochSecond(1_700_000_000_000L);

  /** A block time in milliseconds: PostgreSQL rejects a year of five digits. */
  private static AccountRecord refused(int partition, long seq) {
    return new AccountRecord(PartitionStream.CHAIN_ID, partition, seq, "partition:" + partition, seq,
        PartitionStream.RECORDED_AT,
        new PartitionEvent.ReconciliationEnded("run-1", 5, new Hash("0x" + "5".repeat(64)), LATE, 0, 1, Neuron.ZERO,
            Neuron.ZERO));
  }

  @Test
  void a_halted_partition_names_the_value_its_field_and_the_remedy() {
    try (QueryFixture fixture = new QueryFixture(1)) {
      List<AccountRecord> records = AccountEventScript.started(0, 1).records();
      fixture.process(records);
      List<CommittedBatch> processed = new PoisonIsolatingWriter(fixture.writer())
          .write(fixture.received(List.of(refused(0, records.size()))));
      Partition partition = processed.getFirst().partitions().getFirst();
      assertThat(partition.stopped()).hasValueSatisfying(reason -> assertThat(reason)
          .contains("refuses the field event.block_time").contains("\"" + LATE + "\"")
          .contains("unpark and rebuild fail on it again").doesNotContain("UPDATE"));
    }
  }
}
