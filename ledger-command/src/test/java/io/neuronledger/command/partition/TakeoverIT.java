package io.neuronledger.command.partition;

import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.coins;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.foundation.partitionlog.reader.PositionConflict;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two instances on one store: an instance that was overtaken records nothing. */
class TakeoverIT {
  private final String database = Servers.freshSchema();
  private final ScriptedPartitions chain = new ScriptedPartitions(new Partitions(1));

  @Test
  void a_paused_instance_that_was_overtaken_records_nothing() {
    try (CommandFixture paused = CommandFixture.on(database, 1); CommandFixture other =
        CommandFixture.on(database, 1)) {
      paused.record(chain.fact(deposit(ALICE, "10")).seal().drain());

      List<ScriptedPartitions.KeyedRecord> next = chain.fact(transfer(ALICE, "4")).seal().drain();
      other.record(next);
      List<?> stored = other.events(0);

      assertThatThrownBy(() -> paused.record(next)).isInstanceOf(PositionConflict.class);
      assertThat(other.events(0)).isEqualTo(stored);

      paused.reset();
      paused.record(chain.fact(transfer(ALICE, "1")).seal().drain());
      assertThat(paused.ledger(ALICE).available()).isEqualTo(coins("5"));
    }
  }

  @Test
  void an_instance_that_was_overtaken_in_one_partition_records_nothing_in_that_unit_of_work() {
    ScriptedPartitions both = new ScriptedPartitions(new Partitions(2));
    try (CommandFixture paused = CommandFixture.on(database, 2); CommandFixture other =
        CommandFixture.on(database, 2)) {
      paused.record(both.seal().drain());
      List<ScriptedPartitions.KeyedRecord> next = both.seal().drain();
      other.record(next.stream().filter(each -> each.chainRecord().partition() == 1).toList());

      List<?> stored = other.events(0);
      assertThatThrownBy(() -> paused.record(next)).isInstanceOf(PositionConflict.class)
          .hasMessageContaining("partition 1");
      assertThat(other.events(0)).isEqualTo(stored);
    }
  }

  /** Around a takeover both may hold a partition; a third transaction makes them meet. */
  @Test
  void two_instances_with_the_same_partitions_in_opposite_orders_do_not_deadlock() throws SQLException {
    ScriptedPartitions three = new ScriptedPartitions(new Partitions(3));
    try (CommandFixture one = CommandFixture.on(database, 3); CommandFixture two = CommandFixture.on(database, 3);
        Connection third = Servers.database(database).running().on(database).getConnection();
        Statement lock = third.createStatement()) {
      one.record(three.seal().drain());
      List.of(0, 1, 2).forEach(two::reload);
      List<ScriptedPartitions.KeyedRecord> next = three.seal().drain();
      third.setAutoCommit(false);
      lock.execute("SELECT FROM partition WHERE partition = 1 FOR UPDATE");
      List<CompletableFuture<Void>> both = List.of(
          start(() -> one.record(one.delivered(next), 100)),
          start(() -> two.record(two.delivered(next).descendingMap(), 100)));
      await().until(() ->
          one.jdbc().sql("SELECT count(*) FROM pg_locks WHERE NOT granted").query(Integer.class).single() == 2);
      third.commit();
      assertThat(both.stream().filter(TakeoverIT::succeeded)).hasSize(1);
    }
  }

  @Test
  void of_two_concurrent_instances_exactly_one_records() {
    try (CommandFixture one = CommandFixture.on(database, 1); CommandFixture two = CommandFixture.on(database, 1)) {
      one.record(chain.seal().drain());
      for (int round = 0; round < 20; round++) {
        one.reload(0);
        two.reload(0);
        List<ScriptedPartitions.KeyedRecord> next = chain.fact(deposit(ALICE, "1")).seal().drain();
        List<CompletableFuture<Void>> both = Stream.of(one, two)
            .map(each -> start(() -> each.record(next))).toList();
        long recorded = both.stream().filter(TakeoverIT::succeeded).count();
        assertThat(recorded).isEqualTo(1);
      }
      assertThat(one.ledger(ALICE).available()).isEqualTo(coins("20"));
    }
  }

  /** On a thread of its own: the common pool has one thread only where there are two processors. */
  private static CompletableFuture<Void> start(Runnable recording) {
    return CompletableFuture.runAsync(recording, task -> Thread.ofPlatform().start(task));
  }

  private static boolean succeeded(CompletableFuture<Void> taking) {
    try {
      taking.join();
      return true;
    } catch (CompletionException e) {
      assertThat(e.getCause()).isInstanceOf(PositionConflict.class);
      return false;
    }
  }

  @Test
  void stored_events_cannot_be_changed_not_even_by_the_database_owner() {
    try (CommandFixture instance = CommandFixture.on(database, 1)) {
      instance.record(chain.seal().drain());
      for (String change : List.of("UPDATE account_event SET name = 'x'", "DELETE FROM account_event",
          "TRUNCATE account_event")) {
        assertThatThrownBy(() -> instance.administrator().sql(change).update())
            .hasStackTraceContaining("events are never changed");
      }
    }
  }
}
