package io.neuronledger.query.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.foundation.partitionlog.progress.ReadingHealth;
import io.neuronledger.foundation.partitionlog.progress.TopicWatch;
import io.neuronledger.query.blocks.BlocksStore;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.BlocksScript;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.testkit.servers.ManualClock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A partition is beyond the newest block. */
class IntakeHealthIT {
  private static final Duration STALLED_AFTER = Duration.ofSeconds(30);

  private final ManualClock clock = new ManualClock();
  private final QueryFixture fixture = new QueryFixture(1);
  private final AccountEventScript script = AccountEventScript.started(0, 1);
  private final BlocksScript blocks = new BlocksScript();
  private final IntakeHealth health;

  IntakeHealthIT() {
    PartitionProgress progress = new PartitionProgress(clock);
    Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:9092"));
    admin.close();
    ReadingHealth reading = new ReadingHealth(progress, new TopicWatch(admin, "t", progress, clock), STALLED_AFTER,
        clock);
    health = new IntakeHealth(reading, reading, new StatusQueries(fixture.db(), new PartitionStore(QueryFixture.JSON),
        new BlocksStore(), fixture.following()));
    script.deposit(Wallets.wallet(1), Neuron.parse("1")).seal().seal().seal();
    fixture.processEvents(script.records());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void it_is_down_once_the_newest_block_has_not_moved_for_a_while() {
    assertThat(details()).doesNotContainKey("blocks");
    clock.pass(STALLED_AFTER.plusSeconds(1));
    assertThat(details()).hasEntrySatisfying("blocks", problem -> assertThat(problem.toString())
        .isEqualTo("partitions are beyond the newest block -1 since 2026-01-01T00:00:00Z"));
    var records = blocks.add(script.records());
    fixture.processBlocks(records.subList(0, 1));
    assertThat(details()).as("it moves").doesNotContainKey("blocks");
    clock.pass(STALLED_AFTER.plusSeconds(1));
    assertThat(details()).containsKey("blocks");
    fixture.processBlocks(records.subList(1, 3));
    assertThat(details()).doesNotContainKey("blocks");
  }

  @Test
  void a_branch_that_only_the_partition_has_counts_too() {
    fixture.processBlocks(blocks.add(script.records()));
    int before = script.records().size();
    fixture.processEvents(script.retract(2).records().subList(before, script.records().size()));
    assertThat(details()).doesNotContainKey("blocks");
    clock.pass(STALLED_AFTER.plusSeconds(1));
    assertThat(details()).containsKey("blocks");
  }

  private Map<String, Object> details() {
    return health.health().getDetails();
  }
}
