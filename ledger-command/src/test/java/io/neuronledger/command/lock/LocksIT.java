package io.neuronledger.command.lock;

import static io.neuronledger.command.fixture.Script.back;
import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.lockPeriod;
import static io.neuronledger.command.fixture.Script.request;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.BOB;
import static io.neuronledger.command.fixture.Wallets.INFERENCE;
import static io.neuronledger.command.fixture.Wallets.TUNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.topic.Partitions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lock event is emitted once, before the seal of the block whose time makes it due, across restarts and changes. */
class LocksIT {
  private static final Duration DAY = Duration.ofDays(1);

  private final CommandFixture instance = CommandFixture.on(Servers.freshSchema(), 1);
  private final ScriptedPartitions chain = new ScriptedPartitions(new Partitions(1));
  private Instant asked = Instant.EPOCH;

  @BeforeEach
  void two_owners_request_refunds() {
    for (var owner : List.of(ALICE, BOB)) {
      chain.fact(deposit(owner, "10")).fact(transfer(owner, "5")).fact(request(owner, "5"));
    }
    asked = chain.blockTime();
    instance.record(chain.seal().drain());
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  private List<String> lastEvents(int last) {
    List<String> all = instance.events(0).stream().map(each -> each.getClass().getSimpleName()).toList();
    return all.subList(all.size() - last, all.size());
  }

  @Test
  void a_due_refund_becomes_claimable_before_the_seal_of_the_block_that_reaches_the_instant() {
    instance.record(chain.at(asked.plus(DAY).minusSeconds(1)).seal().at(asked.plus(DAY)).seal().seal().drain());
    assertThat(lastEvents(5))
        .containsExactly("BlockSealed", "RefundClaimable", "RefundClaimable", "BlockSealed", "BlockSealed");
  }

  @Test
  void a_refund_becomes_claimable_at_the_owners_own_fact_or_at_the_seal_but_not_twice() {
    instance.record(chain.at(asked.plus(DAY)).fact(back(ALICE, "5")).seal().drain());
    assertThat(lastEvents(4)).containsExactly("RefundClaimable", "RefundsCompleted", "RefundClaimable", "BlockSealed");
  }

  @Test
  void due_refunds_are_loaded_from_the_table_after_a_restart() {
    instance.reset();
    instance.record(chain.at(asked.plus(DAY)).seal().drain());
    instance.reset();
    instance.record(chain.seal().drain());
    assertThat(lastEvents(4)).containsExactly("RefundClaimable", "RefundClaimable", "BlockSealed", "BlockSealed");
  }

  @Test
  void a_shorter_period_takes_effect_at_the_seal_of_the_block_that_sets_it() {
    instance.record(chain.at(asked.plus(Duration.ofHours(2))).broadcast(lockPeriod(INFERENCE, Duration.ofHours(1)))
        .seal().drain());
    assertThat(lastEvents(4)).containsExactly("ServiceTermsSet", "RefundClaimable", "RefundClaimable", "BlockSealed");
  }

  @Test
  void a_longer_period_relocks_refunds_also_across_a_restart() {
    instance.record(chain.at(asked.plus(DAY)).seal().drain());
    instance.record(chain.broadcast(lockPeriod(INFERENCE, DAY.multipliedBy(2))).drain());
    instance.reset();
    instance.record(chain.seal().drain());
    assertThat(lastEvents(4)).containsExactly("ServiceTermsSet", "RefundRelocked", "RefundRelocked", "BlockSealed");

    instance.record(chain.at(asked.plus(DAY.multipliedBy(2))).seal().drain());
    assertThat(lastEvents(3)).containsExactly("RefundClaimable", "RefundClaimable", "BlockSealed");
  }

  @Test
  void a_period_set_between_two_facts_of_one_block_applies_to_the_second() {
    instance.record(chain.at(asked.plus(Duration.ofHours(2))).fact(deposit(ALICE, "1"))
        .broadcast(lockPeriod(INFERENCE, Duration.ofHours(1))).fact(back(ALICE, "5")).seal().drain());
    assertThat(lastEvents(6)).containsExactly("FundsDeposited", "ServiceTermsSet", "RefundClaimable",
        "RefundsCompleted", "RefundClaimable", "BlockSealed");
    assertThat(instance.events(ALICE)).noneMatch(LedgerEvent.DiscrepancyFound.class::isInstance);
  }

  @Test
  void another_services_period_changes_nothing() {
    instance.record(chain.at(asked.plus(Duration.ofHours(2))).broadcast(lockPeriod(TUNING, Duration.ofHours(1)))
        .seal().drain());
    assertThat(lastEvents(2)).containsExactly("ServiceTermsSet", "BlockSealed");
  }

  @Test
  void a_refund_requested_and_due_within_one_unit_of_work_becomes_claimable() {
    chain.fact(request(ALICE, "0")).seal();
    chain.fact(deposit(BOB, "1")).fact(transfer(BOB, "3")).fact(request(BOB, "3")).seal();
    Instant later = chain.blockTime();
    instance.record(chain.at(later.plus(DAY)).seal().drain());
    assertThat(instance.events(BOB).stream().filter(LedgerEvent.RefundClaimable.class::isInstance)).hasSize(2);
  }

  @Test
  void a_completed_refund_is_no_longer_in_the_table() {
    instance.record(chain.at(asked.plus(DAY)).fact(back(ALICE, "5")).fact(back(BOB, "5")).seal().drain());
    assertThat(instance.jdbc().sql("SELECT count(*) FROM refund_lock").query(Integer.class).single()).isZero();
  }
}
