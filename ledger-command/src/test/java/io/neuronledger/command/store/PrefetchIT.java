package io.neuronledger.command.store;

import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.settle;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Wallets.coins;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.FailingDataSource;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ledgers of a unit of work are read together. */
class PrefetchIT {
  private static final Partitions PARTITIONS = new Partitions(1);

  private final List<FailingDataSource> database = new ArrayList<>();
  private final CommandFixture instance = CommandFixture.on(Servers.freshSchema(), PARTITIONS.count(), source -> {
    database.add(new FailingDataSource(source, false));
    return database.getLast();
  });
  private final ScriptedPartitions chain = new ScriptedPartitions(PARTITIONS);

  @AfterEach
  void stop() {
    instance.close();
  }

  private static WalletAddress wallet(int number) {
    return Wallets.inPartition(PARTITIONS, 0, number);
  }

  private int callsForDepositsOf(int wallets) {
    for (int i = 0; i < wallets; i++) {
      chain.fact(deposit(wallet(i), "1"));
    }
    chain.seal();
    instance.reset();
    List<ScriptedPartitions.KeyedRecord> block = chain.drain();
    int before = database.getLast().calls();
    instance.record(block);
    return database.getLast().calls() - before;
  }

  @Test
  void a_hundred_wallets_take_as_many_statements_as_two() {
    callsForDepositsOf(100);
    int two = callsForDepositsOf(2);
    assertThat(callsForDepositsOf(100)).isEqualTo(two);
  }

  @Test
  void streams_of_any_length_are_read_to_their_end() {
    List<Integer> lengths = List.of(0, 1, LedgerStorageEngine.PREFETCHED_EVENTS_MAX,
        LedgerStorageEngine.PREFETCHED_EVENTS_MAX + 1, 3 * LedgerStorageEngine.PREFETCHED_EVENTS_MAX);
    for (int i = 0; i < lengths.size(); i++) {
      for (int k = 0; k < lengths.get(i); k++) {
        chain.fact(deposit(wallet(i), "1"));
      }
    }
    instance.record(chain.seal().drain());
    instance.reset();
    for (int i = 0; i < lengths.size(); i++) {
      chain.fact(deposit(wallet(i), "1")).fact(deposit(wallet(i), "1"));
    }
    instance.record(chain.seal().drain());
    for (int i = 0; i < lengths.size(); i++) {
      List<LedgerEvent> events = instance.events(wallet(i));
      assertThat(events).hasSize(lengths.get(i) + 2);
      assertThat(((LedgerEvent.FundsDeposited) events.getLast()).after().total())
          .isEqualTo(coins(String.valueOf(lengths.get(i) + 2)));
    }
  }

  /** A falsified snapshot shows that it was read, and no event before it. */
  @Test
  void a_stream_begins_at_its_snapshot() {
    for (int i = 0; i < 2; i++) {
      chain.fact(deposit(wallet(i), "10")).fact(transfer(wallet(i), "5"));
      for (int k = 0; k < 500; k++) {
        chain.fact(settle(wallet(i), "0.001", "0.001"));
      }
    }
    instance.record(chain.finalized(1).seal().drain());
    assertThat(instance.jdbc().sql("UPDATE stream_snapshot SET payload = replace(convert_from(payload, 'UTF8'), "
        + "'\"available\":\"5000000000000000000\"', '\"available\":\"7000000000000000000\"')::bytea").update())
        .isEqualTo(2);
    instance.reset();

    instance.record(chain.fact(deposit(wallet(0), "1")).fact(deposit(wallet(1), "1")).seal().drain());
    for (int i = 0; i < 2; i++) {
      assertThat(((LedgerEvent.FundsDeposited) instance.events(wallet(i)).getLast()).after().available())
          .isEqualTo(coins("8"));
    }
  }
}
