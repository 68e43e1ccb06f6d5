package io.neuronledger.command.intake;

import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.coins;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.Http;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.Neuron;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A fact that a missing log makes impossible is recorded with a discrepancy; the contract's state then repairs it. */
@ExtendWith(OutputCaptureExtension.class)
class DiscrepancyIT {
  private static final Partitions PARTITIONS = new Partitions(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  /** The contract's state after a deposit of 10, whose log is lost, and a transfer of 6. */
  private static final ObservedLedger CONTRACT = new ObservedLedger(true, coins("4"), List.of(
      new ObservedLedger.SubAccount(Wallets.PROVIDER, Wallets.INFERENCE, coins("6"), true, List.of())));

  @Test
  void a_discrepancy_is_recorded_counted_and_logged_and_the_next_observation_repairs_it(CapturedOutput output) {
    Servers.freshTopics(PARTITIONS.count());
    ScriptedPartitions chain = new ScriptedPartitions(PARTITIONS);
    try (ChainEventProducer feed = new ChainEventProducer(PARTITIONS.count()); Service service =
        Service.start(Servers.freshSchema(), PARTITIONS.count())) {
      feed.publish(chain.fact(deposit(ALICE, "10")).lost().fact(transfer(ALICE, "6")).seal().drain());
      await().atMost(PATIENCE).until(() -> seals(feed) == 1);

      List<LedgerEvent.DiscrepancyFound> found = all(feed, LedgerEvent.DiscrepancyFound.class);
      assertThat(found).extracting(LedgerEvent.DiscrepancyFound::rule)
          .containsExactly(Rule.ACCOUNT_IS_OPEN, Rule.BALANCE_COVERS_MOVEMENT);
      LedgerEvent.DiscrepancyFound uncovered = found.getLast();
      assertThat(uncovered.expected()).isEqualTo("at most 0");
      assertThat(uncovered.actual()).isEqualTo("6000000000000000000");
      assertThat(output).contains("DISCREPANCY BALANCE_COVERS_MOVEMENT of " + ALICE
          + ": expected at most 0, found on chain 6000000000000000000 (" + uncovered.key() + ")");
      assertThat(counted(service, "balance_covers_movement")).isEqualTo(1);
      assertThat(Http.get(service.url("/actuator/health/readiness")).status()).as("the ledger goes on").isEqualTo(200);
      LedgerEvent.FundsTransferred recorded = all(feed, LedgerEvent.FundsTransferred.class).getFirst();
      assertThat(recorded.amount()).isEqualTo(coins("6"));
      assertThat(recorded.after().available()).isEqualTo(Neuron.ZERO);

      feed.publish(chain.observed(new ChainEvent.StateObserved(ALICE, CONTRACT, "run-1"), 1).seal().drain());
      await().atMost(PATIENCE).until(() -> seals(feed) == 2);
      LedgerEvent.LedgerRestated repaired = all(feed, LedgerEvent.LedgerRestated.class).getFirst();
      assertThat(repaired.run()).isEqualTo("run-1");
      assertThat(repaired.state().available()).isEqualTo(coins("4"));
      assertThat(counted(service, "state_equals_contract")).isEqualTo(1);

      feed.publish(chain.observed(new ChainEvent.StateObserved(ALICE, CONTRACT, "run-2"), 1)
          .fact(transfer(ALICE, "4")).seal().drain());
      await().atMost(PATIENCE).until(() -> seals(feed) == 3);
      assertThat(all(feed, LedgerEvent.LedgerRestated.class)).as("equal now").hasSize(1);
      assertThat(all(feed, LedgerEvent.DiscrepancyFound.class)).hasSize(3);
      assertThat(all(feed, LedgerEvent.FundsTransferred.class).getLast().after().available()).isEqualTo(Neuron.ZERO);
    }
  }

  private static double counted(Service service, String rule) {
    return service.bean(MeterRegistry.class).get("ledger.command.discrepancies").tag("rule", rule).counter().count();
  }

  private static long seals(ChainEventProducer feed) {
    return all(feed, PartitionEvent.BlockSealed.class).size();
  }

  private static <E> List<E> all(ChainEventProducer feed, Class<E> type) {
    return feed.published().stream().map(AccountRecord::event).filter(type::isInstance).map(type::cast).toList();
  }
}
