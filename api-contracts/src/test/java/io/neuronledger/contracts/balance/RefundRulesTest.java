package io.neuronledger.contracts.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.balance.ObservedLedger.Refund;
import io.neuronledger.contracts.value.Neuron;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefundRulesTest {
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Refund> ACTIVE = List.of(refund("5", 0), refund("3", 1), refund("2", 2));

  private static Refund refund(String amount, int second) {
    return new Refund(Neuron.parse(amount), FIRST.plusSeconds(second));
  }

  @Test
  void the_newest_go_first_and_the_last_one_in_part() {
    RefundRules.Reduction<Refund> reduction = RefundRules.takeNewest(ACTIVE, Neuron.parse("4"));
    assertThat(reduction.left()).containsExactly(refund("5", 0), refund("1", 1));
    assertThat(reduction.parts()).containsExactly(
        new RefundRules.Part<>(refund("2", 2), Neuron.parse("2"), Neuron.ZERO),
        new RefundRules.Part<>(refund("3", 1), Neuron.parse("2"), Neuron.parse("1")));
    assertThat(reduction.isWhole()).isFalse();
    assertThat(reduction.uncovered().isZero()).isTrue();
  }

  @Test
  void the_oldest_go_first() {
    RefundRules.Reduction<Refund> reduction = RefundRules.takeOldest(ACTIVE, Neuron.parse("8"));
    assertThat(reduction.left()).containsExactly(refund("2", 2));
    assertThat(reduction.isWhole()).isTrue();
  }

  @Test
  void what_exceeds_all_refunds_is_uncovered() {
    assertThat(RefundRules.takeNewest(ACTIVE, Neuron.parse("11")).uncovered()).isEqualTo(Neuron.parse("1"));
    assertThat(RefundRules.takeOldest(ACTIVE, Neuron.parse("11")).left()).isEmpty();
  }

  @Test
  void nothing_taken_changes_nothing() {
    assertThat(RefundRules.takeNewest(ACTIVE, Neuron.ZERO))
        .isEqualTo(new RefundRules.Reduction<>(ACTIVE, List.of(), Neuron.ZERO));
  }

  @Test
  void the_lock_ends_at_its_last_instant_inclusive() {
    Duration lock = RefundRules.LOCK_PERIOD_DEFAULT;
    assertThat(RefundRules.isClaimable(FIRST, FIRST.plus(lock).minusNanos(1), lock)).isFalse();
    assertThat(RefundRules.isClaimable(FIRST, FIRST.plus(lock), lock)).isTrue();
  }
}
