package io.neuronledger.query.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.partition.Partition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read in health and in the log when a record holds a value that PostgreSQL does not take. */
class RefusedValueTest {
  /** A block's time in milliseconds: PostgreSQL reads no year of five digits. */
  @Test
  void a_stopped_partition_names_the_value_its_field_and_what_helps() {
    Instant late = Instant.ofEpochSecond(1_700_000_000_000L);
    try (QueryFixture stage = new QueryFixture(1)) {
      List<AccountRecord> begun = AccountEventScript.begun(0, 1).records();
      AccountRecord seal = new AccountRecord(PartitionStream.CHAIN_ID, 0, begun.size(),
          begun.getFirst().stream(), begun.size(), PartitionStream.RECORDED_AT,
          new PartitionEvent.BlockSealed(5, new Hash("0x" + "5".repeat(64)), late, 0, -1));
      stage.take(begun);
      List<CommittedBatch> taken = new PoisonIsolatingWriter(stage.writer())
          .write(stage.received(List.of(seal)), Map.of());
      Partition partition = taken.getFirst().partitions().getFirst();
      assertThat(partition.stopped()).hasValueSatisfying(reason -> assertThat(reason)
          .contains("refuses the field event.block_time").contains("\"" + late + "\"")
          .contains("unpark and rebuild read it again").doesNotContain("UPDATE"));
    }
  }
}
