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
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.reader.PositionConflict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuarantineIT {
  private static final byte[] POISON = "no JSON at all".getBytes(StandardCharsets.UTF_8);

  private final String database = Servers.freshSchema();
  private final CommandFixture instance = CommandFixture.on(database, 1);
  private final ScriptedPartitions chain = new ScriptedPartitions(new Partitions(1));

  @BeforeEach
  void begin() {
    instance.record(chain.fact(deposit(ALICE, "10")).fact(deposit(BOB, "5")).seal().drain());
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  /** Records a malformed record of Alice. @return its seq */
  private long poison() {
    return poison(chain);
  }

  /** Records a malformed record of Alice in the script's block. @return its seq */
  private long poison(ScriptedPartitions chain) {
    long seq = chain.takeSeq(0);
    instance.record(Map.of(0, List.of(instance.read(seq, Optional.of(ALICE), POISON))), 1);
    return seq;
  }

  /** Replaces the malformed value with a correct one, as an operator would. */
  private void repair(long seq, Instant blockTime, ChainEvent.OwnerFact fact) {
    ScriptedPartitions.KeyedRecord correct = new ScriptedPartitions(new Partitions(1)).at(blockTime).fact(fact).drain()
        .getLast();
    instance.jdbc().sql("UPDATE parked_record SET value = :value WHERE seq = :seq").param("seq", seq)
        .param("value", ChainEventProducer.JSON.writeValueAsBytes(correct.chainRecord())).update();
  }

  private Outcome release() {
    return instance.release().release(instance.quarantine().find(ALICE).orElseThrow());
  }

  private void release(WalletAddress owner) {
    instance.release().release(new Quarantine.QuarantinedOwner(0, owner, ""));
  }

  @Test
  void the_owners_records_are_parked_in_order_and_all_other_owners_go_on() {
    long seq = poison();
    instance.record(chain.fact(transfer(ALICE, "4")).fact(deposit(BOB, "1")).seal().drain());

    assertThat(instance.ledger(ALICE).available()).isEqualTo(coins("10"));
    assertThat(instance.ledger(BOB).available()).isEqualTo(coins("6"));
    assertThat(instance.quarantine().parked(ALICE)).hasSize(2);
    PartitionEvent.OwnerQuarantined quarantined = only(PartitionEvent.OwnerQuarantined.class);
    assertThat(quarantined.owner()).isEqualTo(ALICE);
    assertThat(quarantined.position()).isEqualTo(ChainPosition.endOf(1, 0));
    assertThat(quarantined.reason()).contains("seq " + seq);
    assertThat(instance.deadLetters()).singleElement().satisfies(copy -> {
      assertThat(copy.topic()).isEqualTo(Topics.CHAIN_EVENTS_DEAD);
      assertThat(copy.partition()).isZero();
      assertThat(copy.value()).isEqualTo(POISON);
      assertThat(new String(copy.key(), StandardCharsets.UTF_8)).isEqualTo(ALICE.value());
    });
  }

  @Test
  void a_second_malformed_record_is_parked_without_a_new_event() {
    poison();
    poison();
    assertThat(instance.quarantine().parked(ALICE)).hasSize(2);
    assertThat(instance.deadLetters()).hasSize(2);
    only(PartitionEvent.OwnerQuarantined.class);
  }

  /** Any instance can release; only the one with the partition goes on writing. */
  @Test
  void an_instance_that_released_an_owner_keeps_no_aggregate_of_it() {
    long seq = poison();
    try (CommandFixture owner = CommandFixture.on(database, 1)) {
      owner.record(chain.fact(transfer(ALICE, "4")).seal().drain());
      repair(seq, chain.blockTime(), deposit(ALICE, "1"));
      release();
      owner.reset();
      Instant asked = chain.blockTime();
      owner.record(chain.fact(request(ALICE, "4")).seal().drain());

      instance.reloadPartition(0);
      instance.record(chain.at(asked.plus(Duration.ofDays(1))).seal().drain());
    }
    only(LedgerEvent.RefundClaimable.class);
  }

  @Test
  void a_record_that_is_still_malformed_keeps_all_records_parked() {
    long seq = poison();
    instance.record(chain.fact(transfer(ALICE, "4")).seal().drain());
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
  void a_release_records_the_parked_records_in_order_and_the_owner_goes_on() {
    long seq = poison();
    instance.record(chain.fact(transfer(ALICE, "4")).seal().drain());
    repair(seq, chain.blockTime(), deposit(ALICE, "2"));
    Outcome outcome = release();

    assertThat(outcome).isEqualTo(new Outcome.Released(ALICE, 2));
    assertThat(instance.events(ALICE)).hasExactlyElementsOfTypes(LedgerEvent.FundsDeposited.class,
        LedgerEvent.FundsDeposited.class, LedgerEvent.FundsTransferred.class);
    assertThat(instance.quarantine().all()).isEmpty();
  }

  @Test
  void a_release_on_an_idle_partition_repeats_its_last_seal() {
    long seq = poison();
    instance.record(chain.seal().drain());
    PartitionEvent.BlockSealed seal = (PartitionEvent.BlockSealed) instance.events(0).getLast();
    repair(seq, chain.blockTime(), deposit(ALICE, "2"));
    release();

    List<AccountEvent> events = instance.events(0);
    assertThat(events.subList(events.size() - 3, events.size())).satisfiesExactly(
        deposited -> assertThat(deposited).isInstanceOf(LedgerEvent.FundsDeposited.class),
        released -> assertThat(released).isEqualTo(new PartitionEvent.OwnerReleased(ALICE)),
        repeated -> assertThat(repeated).isEqualTo(seal));
    assertThat(seal.chainNext()).isEqualTo(instance.nextSeq(0));
    release(ALICE);
    assertThat(instance.events(0)).as("a second release changes nothing").isEqualTo(events);
    instance.reset();
    instance.record(chain.pass().fact(deposit(ALICE, "1")).seal().drain());
    assertThat(instance.ledger(ALICE).available()).isEqualTo(coins("13"));
  }

  @Test
  void a_release_repeats_no_seal_where_another_one_follows() {
    long seq = poison();
    repair(seq, chain.blockTime(), deposit(ALICE, "2"));
    instance.record(chain.seal().fact(deposit(BOB, "1")).drain());
    release();
    assertThat(instance.events(0).getLast()).isEqualTo(new PartitionEvent.OwnerReleased(ALICE));
    instance.reset();
    instance.record(chain.seal().drain());
    assertThat(instance.events(0).getLast()).isInstanceOf(PartitionEvent.BlockSealed.class);
  }

  @Test
  void a_release_after_a_retraction_repeats_no_seal() {
    long seq = poison();
    repair(seq, chain.blockTime(), deposit(ALICE, "2"));
    instance.record(chain.seal().seal().retract(3, chain.blockTime()).drain());
    release();
    assertThat(instance.events(0).getLast()).isEqualTo(new PartitionEvent.OwnerReleased(ALICE));
  }

  @Test
  void the_intake_detects_a_release_and_loads_the_partition_again() {
    long seq = poison();
    repair(seq, chain.blockTime(), deposit(ALICE, "2"));
    release();

    List<ScriptedPartitions.KeyedRecord> next = chain.fact(deposit(ALICE, "1")).seal().drain();
    assertThatThrownBy(() -> instance.record(next)).isInstanceOf(PositionConflict.class);
    instance.reset();
    instance.record(next);
    assertThat(instance.ledger(ALICE).available()).isEqualTo(coins("13"));
  }

  @Test
  void a_parked_record_is_replayed_with_the_lock_period_at_its_own_position() {
    instance.record(chain.fact(transfer(ALICE, "5")).fact(request(ALICE, "5")).seal().drain());
    long seq = poison();
    repair(seq, chain.blockTime().plus(Duration.ofDays(1)), back(ALICE, "5"));
    instance.record(chain.broadcast(lockPeriod(INFERENCE, Duration.ofDays(7))).seal().drain());

    release();
    assertThat(instance.events(ALICE)).noneMatch(LedgerEvent.DiscrepancyFound.class::isInstance);
  }

  @Test
  void a_quarantined_owner_has_no_lock_events_until_its_release() {
    instance.record(chain.fact(transfer(ALICE, "5")).fact(request(ALICE, "5")).seal().drain());
    long seq = poison();
    instance.record(chain.at(chain.blockTime().plus(Duration.ofDays(2))).seal().drain());
    assertThat(instance.events(ALICE)).noneMatch(LedgerEvent.RefundClaimable.class::isInstance);

    repair(seq, ScriptedPartitions.GENESIS.plusSeconds(60), deposit(ALICE, "1"));
    release();
    assertThat(instance.events(ALICE).getLast()).isInstanceOf(LedgerEvent.RefundClaimable.class);
    instance.reset();
    instance.record(chain.seal().drain());
    only(LedgerEvent.RefundClaimable.class);
  }

  @Test
  void a_release_before_a_seal_announces_due_refunds_at_that_seal() {
    instance.record(chain.fact(transfer(ALICE, "5")).fact(request(ALICE, "5")).seal().drain());
    long seq = poison();
    instance.record(chain.at(chain.blockTime().plus(Duration.ofDays(2))).seal().fact(deposit(BOB, "1")).drain());
    repair(seq, ScriptedPartitions.GENESIS.plusSeconds(60), deposit(ALICE, "1"));
    release();
    assertThat(instance.events(ALICE)).noneMatch(LedgerEvent.RefundClaimable.class::isInstance);
    instance.reset();
    instance.record(chain.seal().drain());
    only(LedgerEvent.RefundClaimable.class);
  }

  @Test
  void a_fork_that_retracts_all_parked_records_releases_the_owner() {
    poison();
    instance.record(chain.fact(transfer(ALICE, "4")).seal().drain());
    instance.record(chain.retract(2, chain.blockTime()).fact(transfer(ALICE, "1")).seal().drain());

    assertThat(instance.quarantine().all()).isEmpty();
    only(PartitionEvent.OwnerReleased.class);
    assertThat(instance.ledger(ALICE).available()).isEqualTo(coins("9"));
  }

  @Test
  void a_fork_after_the_malformed_record_retracts_only_later_records() {
    poison();
    instance.record(chain.seal().fact(transfer(ALICE, "4")).seal().drain());
    instance.record(chain.retract(3, chain.blockTime()).fact(transfer(ALICE, "1")).seal().drain());

    assertThat(instance.quarantine().all()).hasSize(1);
    assertThat(instance.quarantine().parked(ALICE)).extracting(Quarantine.ParkedRecord::block)
        .containsExactly(Optional.of(2L), Optional.of(3L));
    assertThat(instance.ledger(ALICE).available()).isEqualTo(coins("10"));
  }

  /** Its seal is far from the one before: a record of a dead branch must never be replayed as money. */
  @Test
  void a_fork_retracts_a_malformed_record_by_the_block_of_its_seal() {
    poison(chain.pass().pass().pass());
    instance.record(chain.seal().pass().drain());
    instance.record(chain.retract(4, chain.blockTime()).seal().drain());

    assertThat(instance.quarantine().all()).isEmpty();
    assertThat(instance.quarantine().parked(ALICE)).isEmpty();
    only(PartitionEvent.OwnerReleased.class);
  }

  @Test
  void a_fork_after_the_seal_of_a_malformed_record_keeps_it() {
    long seq = poison(chain.pass().pass().pass());
    instance.record(chain.seal().pass().drain());
    instance.record(chain.retract(6, chain.blockTime()).seal().drain());

    assertThat(instance.quarantine().parked(ALICE)).singleElement().satisfies(parked -> {
      assertThat(parked.seq()).isEqualTo(seq);
      assertThat(parked.block()).hasValue(5L);
    });
  }

  /** A restart between the record and its seal. */
  @Test
  void a_malformed_record_without_its_seal_is_of_the_newest_block() {
    long seq = poison(chain.pass().pass());
    assertThat(instance.quarantine().parked(ALICE)).extracting(Quarantine.ParkedRecord::block)
        .containsExactly(Optional.empty());
    instance.reset();
    instance.record(chain.seal().drain());
    assertThat(instance.quarantine().parked(ALICE)).extracting(Quarantine.ParkedRecord::seq).containsExactly(seq);
    assertThat(instance.quarantine().parked(ALICE)).extracting(Quarantine.ParkedRecord::block)
        .containsExactly(Optional.of(4L));
  }

  @Test
  void a_retraction_before_the_seal_of_a_malformed_record_takes_it_back() {
    poison(chain.pass());
    instance.record(chain.retract(3, chain.blockTime()).seal().drain());
    assertThat(instance.quarantine().all()).isEmpty();
  }

  @Test
  void a_quarantined_owner_is_rewound_like_any_other() {
    instance.record(chain.fact(transfer(ALICE, "4")).drain());
    poison();
    instance.record(chain.seal().drain());
    instance.record(chain.retract(2, chain.blockTime()).seal().drain());
    assertThat(instance.ledger(ALICE).available()).isEqualTo(coins("10"));
    assertThat(instance.quarantine().all()).isEmpty();
  }

  private <E> E only(Class<E> type) {
    List<E> found = instance.events(0).stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
