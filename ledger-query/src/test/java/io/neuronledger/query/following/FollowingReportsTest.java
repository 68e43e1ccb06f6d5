package io.neuronledger.query.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.following.FollowingReport;
import io.neuronledger.contracts.following.FollowingState;
import io.neuronledger.contracts.following.GuardRange;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.operation.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The answers' and the status' view of the chain, derived from reports of chain-indexer instances. */
class FollowingReportsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Hash HASH = Hash.parse("0x" + "ab".repeat(32));
  private static final List<GuardRange> GUARD = List.of(GuardRange.of(0, 99, BlockGuard.PROVED),
      new GuardRange(100, 149, BlockGuard.COMPARED, Optional.of(149L)), GuardRange.of(150, 160, BlockGuard.NONE));

  private Instant now = START;
  private final FollowingReports reports =
      new FollowingReports(new BehindLimits(20, Duration.ofSeconds(60)), () -> now);

  @Test
  void without_any_report_the_state_is_unknown_and_answers_are_behind() {
    StatusView.Following view = reports.view(Optional.of(asOf(5)));
    assertThat(view.state()).isEqualTo(FollowingState.UNKNOWN);
    assertThat(view.why()).hasValue("chain-indexer has not reported anything");
    assertThat(view.behind()).isTrue();
    assertThat(view.head()).isEmpty();
    assertThat(view.since()).isEmpty();
    assertThat(asOf(5).guard()).isEmpty();
    assertThat(asOf(5).behind()).isTrue();
    assertThat(reports.guard()).isEmpty();
  }

  @Test
  void an_answer_has_the_guard_of_its_block() {
    reports.add("a", following(160, START));
    assertThat(asOf(0).guard()).hasValue(BlockGuard.PROVED);
    assertThat(asOf(99).guard()).hasValue(BlockGuard.PROVED);
    assertThat(asOf(100).guard()).hasValue(BlockGuard.COMPARED);
    assertThat(asOf(160).guard()).hasValue(BlockGuard.NONE);
    assertThat(asOf(161).guard()).isEmpty();
    assertThat(reports.asked(120, HASH, START, true).guard()).hasValue(BlockGuard.COMPARED);
  }

  @Test
  void an_answer_is_behind_beyond_twenty_blocks() {
    reports.add("a", following(160, START));
    assertThat(asOf(140).behind()).isFalse();
    assertThat(asOf(139).behind()).isTrue();
    assertThat(reports.view(Optional.of(asOf(139))).behind()).isTrue();
    assertThat(reports.view(Optional.of(asOf(140))).behind()).isFalse();
  }

  @Test
  void an_answer_is_behind_beyond_sixty_seconds_of_chain_time() {
    reports.add("a", following(160, START));
    assertThat(reports.newest(159, HASH, START.minusSeconds(60), false).behind()).isFalse();
    assertThat(reports.newest(159, HASH, START.minusSeconds(61), false).behind()).isTrue();
  }

  @Test
  void an_idle_chain_is_not_behind() {
    for (int i = 0; i < 1_000; i++) {
      now = now.plusSeconds(10);
      reports.add("a", following(160, START));
    }
    assertThat(reports.newest(160, HASH, START, false).behind()).isFalse();
  }

  @Test
  void an_idle_chain_is_not_behind_where_its_newest_blocks_wait_for_confirmations() {
    reports.add("a", following(160, START, 2));
    assertThat(reports.newest(158, HASH, START.minusSeconds(10_000), false).behind()).isFalse();
    assertThat(reports.newest(157, HASH, START.minusSeconds(60), false).behind()).isFalse();
    assertThat(reports.newest(157, HASH, START.minusSeconds(61), false).behind()).isTrue();
    assertThat(reports.view(Optional.empty()).confirmations()).hasValue(2L);
  }

  @Test
  void confirmations_are_not_among_the_twenty_blocks() {
    reports.add("a", following(160, START, 30));
    assertThat(asOf(110).behind()).isFalse();
    assertThat(asOf(109).behind()).isTrue();
  }

  @Test
  void a_requested_past_block_is_not_behind() {
    reports.add("a", following(160, START));
    assertThat(reports.asked(3, HASH, START.minusSeconds(10_000), true).behind()).isFalse();
  }

  @Test
  void an_answer_is_behind_while_the_indexer_does_not_follow() {
    for (FollowingState state : List.of(FollowingState.STALLED, FollowingState.HALTED, FollowingState.STOPPED)) {
      reports.add("a", report(state, 160));
      assertThat(asOf(160).behind()).as("%s", state).isTrue();
      StatusView.Following view = reports.view(Optional.of(asOf(160)));
      assertThat(view.state()).isEqualTo(state);
      assertThat(view.why()).hasValue("because");
      assertThat(view.head()).hasValue(160L);
      assertThat(view.since()).hasValue(START);
    }
  }

  @Test
  void the_state_is_unknown_thirty_seconds_after_the_last_report() {
    reports.add("a", following(160, START));
    now = START.plusSeconds(30);
    assertThat(reports.view(Optional.empty()).state()).isEqualTo(FollowingState.FOLLOWING);
    now = START.plusSeconds(30).plusMillis(1);
    StatusView.Following view = reports.view(Optional.of(asOf(160)));
    assertThat(view.state()).isEqualTo(FollowingState.UNKNOWN);
    assertThat(view.why()).hasValue(
        "chain-indexer has reported nothing since 2026-01-01T00:00:00Z, when it was following");
    assertThat(view.head()).as("as last known").hasValue(160L);
    assertThat(view.behind()).isTrue();
    assertThat(asOf(100).guard()).as("as last known").hasValue(BlockGuard.COMPARED);
  }

  @Test
  void before_anything_is_sealed_the_ledger_is_behind() {
    reports.add("a", following(160, START));
    assertThat(reports.view(Optional.empty()).behind()).isTrue();
    assertThat(reports.view(Optional.of(asOf(160))).behind()).isFalse();
  }

  @Test
  void an_instance_that_follows_takes_precedence_over_a_halted_one() {
    reports.add("a", report(FollowingState.HALTED, 100));
    reports.add("b", following(160, START));
    reports.add("a", report(FollowingState.HALTED, 100));
    assertThat(reports.view(Optional.empty()).state()).isEqualTo(FollowingState.FOLLOWING);
    assertThat(reports.view(Optional.empty()).head()).hasValue(160L);
  }

  @Test
  void the_halted_instance_counts_once_the_other_has_expired() {
    reports.add("b", following(160, START));
    now = START.plusSeconds(31);
    reports.add("a", report(FollowingState.HALTED, 161));
    assertThat(reports.view(Optional.empty()).state()).isEqualTo(FollowingState.HALTED);
  }

  @Test
  void limits_below_zero_are_refused() {
    assertThatThrownBy(() -> new BehindLimits(-1, Duration.ZERO)).hasMessageContaining("blocks-max must be 0 or more");
    assertThatThrownBy(() -> new BehindLimits(0, Duration.ofMillis(-1))).hasMessageContaining("must not be negative");
    assertThat(new BehindLimits(0, Duration.ZERO)).isNotNull();
  }

  private AsOf asOf(long block) {
    return reports.newest(block, HASH, START, false);
  }

  private FollowingReport following(long head, Instant headTime) {
    return following(head, headTime, 0);
  }

  private FollowingReport following(long head, Instant headTime, long confirmations) {
    return new FollowingReport(FollowingState.FOLLOWING, Optional.empty(), START, now, Optional.of(head),
        Optional.of(headTime), confirmations, Optional.of(head), GUARD);
  }

  private FollowingReport report(FollowingState state, long head) {
    return new FollowingReport(state, Optional.of("because"), START, now, Optional.of(head), Optional.of(START),
        0, Optional.of(head), GUARD);
  }
}
