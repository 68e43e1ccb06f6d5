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
import io.neuronledger.contracts.event.Partitions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What block time makes due is said before the seal of its block, once, whatever happens in between. */
class LocksIT {
  private static final Duration DAY = Duration.ofDays(1);

  private final CommandFixture instance = CommandFixture.on(Servers.freshDatabase(), 1);
  private final ScriptedPartitions chain = new ScriptedPartitions(new Partitions(1));
  private Instant asked = Instant.EPOCH;

  @BeforeEach
  void two_owners_ask_back() {
    for (var owner : List.of(ALICE, BOB)) {
      chain.fact(deposit(owner, "10")).fact(transfer(owner, "5")).fact(request(owner, "5"));
    }
    asked = chain.blockTime();
    instance.take(chain.seal().drain());
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  private List<String> said(int last) {
    List<String> all = instance.events(0).stream().map(each -> each.getClass().getSimpleName()).toList();
    return all.subList(all.size() - last, all.size());
  }

  @Test
  void before_the_seal_of_the_block_that_reaches_the_instant() {
    instance.take(chain.at(asked.plus(DAY).minusSeconds(1)).seal().at(asked.plus(DAY)).seal().seal().drain());
    assertThat(said(5))
        .containsExactly("BlockSealed", "RefundClaimable", "RefundClaimable", "BlockSealed", "BlockSealed");
  }

  @Test
  void by_the_owners_own_fact_or_by_the_seal_but_not_twice() {
    instance.take(chain.at(asked.plus(DAY)).fact(back(ALICE, "5")).seal().drain());
    assertThat(said(4)).containsExactly("RefundClaimable", "RefundsCompleted", "RefundClaimable", "BlockSealed");
  }

  @Test
  void after_a_restart_from_the_durable_list() {
    instance.forget();
    instance.take(chain.at(asked.plus(DAY)).seal().drain());
    instance.forget();
    instance.take(chain.seal().drain());
    assertThat(said(4)).containsExactly("RefundClaimable", "RefundClaimable", "BlockSealed", "BlockSealed");
  }

  @Test
  void a_shorter_period_at_the_seal_of_the_block_that_sets_it() {
    instance.take(chain.at(asked.plus(Duration.ofHours(2))).broadcast(lockPeriod(INFERENCE, Duration.ofHours(1)))
        .seal().drain());
    assertThat(said(4)).containsExactly("ServiceTermsSet", "RefundClaimable", "RefundClaimable", "BlockSealed");
  }

  @Test
  void a_longer_period_takes_it_back_also_when_a_restart_comes_between() {
    instance.take(chain.at(asked.plus(DAY)).seal().drain());
    instance.take(chain.broadcast(lockPeriod(INFERENCE, DAY.multipliedBy(2))).drain());
    instance.forget();
    instance.take(chain.seal().drain());
    assertThat(said(4)).containsExactly("ServiceTermsSet", "RefundRelocked", "RefundRelocked", "BlockSealed");

    instance.take(chain.at(asked.plus(DAY.multipliedBy(2))).seal().drain());
    assertThat(said(3)).containsExactly("RefundClaimable", "RefundClaimable", "BlockSealed");
  }

  @Test
  void the_period_between_two_facts_of_one_block_counts_for_the_second() {
    instance.take(chain.at(asked.plus(Duration.ofHours(2))).fact(deposit(ALICE, "1"))
        .broadcast(lockPeriod(INFERENCE, Duration.ofHours(1))).fact(back(ALICE, "5")).seal().drain());
    assertThat(said(6)).containsExactly("FundsDeposited", "ServiceTermsSet", "RefundClaimable", "RefundsCompleted",
        "RefundClaimable", "BlockSealed");
    assertThat(instance.events(ALICE)).noneMatch(LedgerEvent.DiscrepancyFound.class::isInstance);
  }

  @Test
  void another_services_period_changes_nothing() {
    instance.take(chain.at(asked.plus(Duration.ofHours(2))).broadcast(lockPeriod(TUNING, Duration.ofHours(1)))
        .seal().drain());
    assertThat(said(2)).containsExactly("ServiceTermsSet", "BlockSealed");
  }

  @Test
  void asked_and_due_within_one_unit_of_work() {
    chain.fact(request(ALICE, "0")).seal();
    chain.fact(deposit(BOB, "1")).fact(transfer(BOB, "3")).fact(request(BOB, "3")).seal();
    Instant later = chain.blockTime();
    instance.take(chain.at(later.plus(DAY)).seal().drain());
    assertThat(instance.events(BOB).stream().filter(LedgerEvent.RefundClaimable.class::isInstance)).hasSize(2);
  }

  @Test
  void what_was_fetched_is_no_longer_in_the_list() {
    instance.take(chain.at(asked.plus(DAY)).fact(back(ALICE, "5")).fact(back(BOB, "5")).seal().drain());
    assertThat(instance.jdbc().sql("SELECT count(*) FROM refund_lock").query(Integer.class).single()).isZero();
  }
}
