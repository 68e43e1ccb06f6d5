package io.neuronledger.command.partition;

import static io.neuronledger.command.fixture.Script.back;
import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.lockPeriod;
import static io.neuronledger.command.fixture.Script.request;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.BOB;
import static io.neuronledger.command.fixture.Wallets.INFERENCE;
import static io.neuronledger.command.fixture.Wallets.coins;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.partition.QuarantineRelease.Outcome;
import io.neuronledger.command.quarantine.Quarantine;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.contracts.event.Topics;
import io.neuronledger.contracts.value.ChainPosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuarantineIT {
  private static final byte[] POISON = "no JSON at all".getBytes(StandardCharsets.UTF_8);

  private final String database = Servers.freshDatabase();
  private final CommandFixture instance = CommandFixture.on(database, 1);
  private final ScriptedPartitions chain = new ScriptedPartitions(new Partitions(1));

  @BeforeEach
  void begin() {
    instance.take(chain.fact(deposit(ALICE, "10")).fact(deposit(BOB, "5")).seal().drain());
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  /** Alice's next record is unreadable; @return its seq */
  private long poison() {
    long seq = chain.takeSeq(0);
    instance.take(0, List.of(instance.read(seq, Optional.of(ALICE), POISON)));
    return seq;
  }

  /** Puts in its place what should have stood there, as an operator would after a repair. */
  private void repair(long seq, Instant blockTime, ChainEvent.OwnerFact fact) {
    ScriptedPartitions.Said right = new ScriptedPartitions(new Partitions(1)).at(blockTime).fact(fact).drain()
        .getLast();
    instance.jdbc().sql("UPDATE parked_record SET value = :value WHERE seq = :seq").param("seq", seq)
        .param("value", ChainEventProducer.JSON.writeValueAsBytes(right.chainRecord())).update();
  }

  private Outcome release() {
    return instance.release().release(instance.quarantine().find(ALICE).orElseThrow());
  }

  @Test
  void the_owner_waits_in_order_and_everybody_else_goes_on() {
    long seq = poison();
    instance.take(chain.fact(transfer(ALICE, "4")).fact(deposit(BOB, "1")).seal().drain());

    assertThat(instance.ledger(ALICE).available()).isEqualTo(coins("10"));
    assertThat(instance.ledger(BOB).available()).isEqualTo(coins("6"));
    assertThat(instance.quarantine().parked(ALICE)).hasSize(2);
    PartitionEvent.OwnerQuarantined told = only(PartitionEvent.OwnerQuarantined.class);
    assertThat(told.owner()).isEqualTo(ALICE);
    assertThat(told.position()).isEqualTo(ChainPosition.endOf(1, 0));
    assertThat(told.reason()).contains("seq " + seq);
    assertThat(instance.deadLetters()).singleElement().satisfies(copy -> {
      assertThat(copy.topic()).isEqualTo(Topics.CHAIN_EVENTS_DEAD);
      assertThat(copy.partition()).isZero();
      assertThat(copy.value()).isEqualTo(POISON);
      assertThat(new String(copy.key(), StandardCharsets.UTF_8)).isEqualTo(ALICE.value());
    });
  }

  @Test
  void a_second_unreadable_record_parks_and_says_nothing_new() {
    poison();
    poison();
    assertThat(instance.quarantine().parked(ALICE)).hasSize(2);
    assertThat(instance.deadLetters()).hasSize(2);
    only(PartitionEvent.OwnerQuarantined.class);
  }

  /** Any instance can release; only the one that has the partition goes on writing. */
  @Test
  void an_instance_that_released_keeps_nothing_of_what_another_writes_on() {
    long seq = poison();
    try (CommandFixture owner = CommandFixture.on(database, 1)) {
      owner.take(chain.fact(transfer(ALICE, "4")).seal().drain());
      repair(seq, chain.blockTime(), deposit(ALICE, "1"));
      release();
      owner.forget();
      Instant asked = chain.blockTime();
      owner.take(chain.fact(request(ALICE, "4")).seal().drain());

      instance.readPartition(0);
      instance.take(chain.at(asked.plus(Duration.ofDays(1))).seal().drain());
    }
    only(LedgerEvent.RefundClaimable.class);
  }

  @Test
  void what_still_cannot_be_understood_stays_and_nothing_of_the_rest_is_recorded() {
    long seq = poison();
    instance.take(chain.fact(transfer(ALICE, "4")).seal().drain());
    List<AccountEvent> before = instance.events(0);

    Outcome outcome = release();
    assertThat(outcome).isInstanceOfSatisfying(Outcome.StillParked.class, still -> {
      assertThat(still.owner()).isEqualTo(ALICE);
      assertThat(still.seq()).isEqualTo(seq);
      assertThat(still.reason()).isNotBlank();
    });
    assertThat(instance.events(0)).isEqualTo(before);
    assertThat(instance.quarantine().parked(ALICE)).hasSize(2);
  }

  @Test
  void what_waited_is_recorded_in_order_and_the_owner_goes_on_with_its_partition() {
    long seq = poison();
    instance.take(chain.fact(transfer(ALICE, "4")).seal().drain());
    repair(seq, chain.blockTime(), deposit(ALICE, "2"));
    Outcome outcome = release();

    assertThat(outcome).isEqualTo(new Outcome.Released(ALICE, 2));
    assertThat(instance.events(ALICE)).hasExactlyElementsOfTypes(LedgerEvent.FundsDeposited.class,
        LedgerEvent.FundsDeposited.class, LedgerEvent.FundsTransferred.class);
    assertThat(instance.events(0).getLast()).isEqualTo(new PartitionEvent.OwnerReleased(ALICE));
    assertThat(instance.quarantine().all()).isEmpty();
  }

  @Test
  void the_intake_notices_a_release_and_reads_the_partition_again() {
    long seq = poison();
    repair(seq, chain.blockTime(), deposit(ALICE, "2"));
    release();

    List<ScriptedPartitions.Said> next = chain.fact(deposit(ALICE, "1")).seal().drain();
    assertThatThrownBy(() -> instance.take(next)).isInstanceOf(PositionConflict.class);
    instance.forget();
    instance.take(next);
    assertThat(instance.ledger(ALICE).available()).isEqualTo(coins("13"));
  }

  @Test
  void a_record_that_waited_is_judged_by_the_lock_period_of_its_own_place() {
    instance.take(chain.fact(transfer(ALICE, "5")).fact(request(ALICE, "5")).seal().drain());
    long seq = poison();
    repair(seq, chain.blockTime().plus(Duration.ofDays(1)), back(ALICE, "5"));
    instance.take(chain.broadcast(lockPeriod(INFERENCE, Duration.ofDays(7))).seal().drain());

    release();
    assertThat(instance.events(ALICE)).noneMatch(LedgerEvent.DiscrepancyFound.class::isInstance);
  }

  @Test
  void nothing_of_a_waiting_owner_is_announced_until_it_is_released() {
    instance.take(chain.fact(transfer(ALICE, "5")).fact(request(ALICE, "5")).seal().drain());
    long seq = poison();
    instance.take(chain.at(chain.blockTime().plus(Duration.ofDays(2))).seal().drain());
    assertThat(instance.events(ALICE)).noneMatch(LedgerEvent.RefundClaimable.class::isInstance);

    repair(seq, ScriptedPartitions.GENESIS.plusSeconds(60), deposit(ALICE, "1"));
    release();
    instance.forget();
    instance.take(chain.seal().drain());
    assertThat(instance.events(ALICE).getLast()).isInstanceOf(LedgerEvent.RefundClaimable.class);
  }

  @Test
  void a_fork_takes_back_what_waits_and_so_releases_the_owner() {
    poison();
    instance.take(chain.fact(transfer(ALICE, "4")).seal().drain());
    instance.take(chain.retract(2, chain.blockTime()).fact(transfer(ALICE, "1")).seal().drain());

    assertThat(instance.quarantine().all()).isEmpty();
    only(PartitionEvent.OwnerReleased.class);
    assertThat(instance.ledger(ALICE).available()).isEqualTo(coins("9"));
  }

  @Test
  void a_fork_behind_the_unreadable_record_takes_back_only_what_came_after() {
    poison();
    instance.take(chain.seal().fact(transfer(ALICE, "4")).seal().drain());
    instance.take(chain.retract(3, chain.blockTime()).fact(transfer(ALICE, "1")).seal().drain());

    assertThat(instance.quarantine().all()).hasSize(1);
    assertThat(instance.quarantine().parked(ALICE)).extracting(Quarantine.Parked::block)
       .containsExactly(2L, 3L);
    assertThat(instance.ledger(ALICE).available()).isEqualTo(coins("10"));
  }

  @Test
  void a_waiting_owner_is_rewound_like_everybody() {
    instance.take(chain.fact(transfer(ALICE, "4")).drain());
    poison();
    instance.take(chain.seal().drain());
    instance.take(chain.retract(2, chain.blockTime()).seal().drain());
    assertThat(instance.ledger(ALICE).available()).isEqualTo(coins("10"));
    assertThat(instance.quarantine().all()).isEmpty();
  }

  private <E> E only(Class<E> type) {
    List<E> found = instance.events(0).stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
