package io.neuronledger.command.partition;

import static io.neuronledger.command.fixture.Script.back;
import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.lockPeriod;
import static io.neuronledger.command.fixture.Script.request;
import static io.neuronledger.command.fixture.Script.settle;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.BOB;
import static io.neuronledger.command.fixture.Wallets.INFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.FailingDataSource;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.partition.ChainUnits;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.foundation.partitionlog.reader.Delivered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a unit of work fails, each record counts once. */
class CrashIT {
  private static final int PARTITIONS = 1;
  private static final int CALLS_AT_LEAST = 30;

  private final List<FailingDataSource> database = new ArrayList<>();

  /** Two units of work: the second with lock events, a fork and a change of terms. */
  private static List<List<ScriptedPartitions.KeyedRecord>> recordedUnits() {
    ScriptedPartitions chain = new ScriptedPartitions(new Partitions(PARTITIONS));
    chain.fact(deposit(ALICE, "10")).fact(transfer(ALICE, "5")).fact(request(ALICE, "5")).fact(deposit(BOB, "3"))
        .seal();
    List<ScriptedPartitions.KeyedRecord> first = chain.drain();
    chain.broadcast(lockPeriod(INFERENCE, Duration.ofHours(1)));
    chain.at(chain.blockTime().plus(Duration.ofHours(2))).fact(settle(ALICE, "1", "1")).seal();
    chain.retract(2, chain.blockTime().minus(Duration.ofHours(2)));
    chain.at(chain.blockTime().plus(Duration.ofDays(1))).fact(back(ALICE, "5")).seal();
    return List.of(first, chain.drain());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void each_record_counts_once_when_any_call_of_the_database_fails(boolean afterwards) {
    List<?> expected;
    try (CommandFixture undisturbed = CommandFixture.on(Servers.freshSchema(), PARTITIONS)) {
      recordedUnits().forEach(undisturbed::record);
      expected = undisturbed.events(0);
    }
    int failures = 0;
    boolean failed = true;
    while (failed) {
      try (CommandFixture instance =
          CommandFixture.on(Servers.freshSchema(), PARTITIONS, source -> failing(source, afterwards))) {
        failed = disturbed(instance, failures + 1);
        assertThat(instance.events(0)).isEqualTo(expected);
      }
      failures += failed ? 1 : 0;
    }
    assertThat(failures).isGreaterThan(CALLS_AT_LEAST);
  }

  /** @return whether the failure happened before the end of the records */
  private boolean disturbed(CommandFixture instance, int n) {
    FailingDataSource source = database.getLast();
    source.failAt(n);
    List<Delivered<ChainRecord>> all = recordedUnits().stream().flatMap(List::stream).map(instance::read).toList();
    long done = 0;
    while (done < all.size()) {
      try {
        for (List<Delivered<ChainRecord>> unit : ChainUnits.of(all.subList((int) done, all.size()), 6)) {
          instance.record(0, unit);
        }
      } catch (RuntimeException e) {
        assertThat(source.hasFailed()).as("an unexpected exception: %s", e).isTrue();
      }
      instance.reset();
      done = instance.jdbc().sql("SELECT next_seq FROM partition").query(Long.class).single();
    }
    return source.hasFailed();
  }

  private DataSource failing(DataSource source, boolean afterwards) {
    database.add(new FailingDataSource(source, afterwards));
    return database.getLast();
  }
}
