package io.neuronledger.indexer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.following.FollowingReport;
import io.neuronledger.contracts.following.FollowingState;
import io.neuronledger.contracts.following.GuardRange;
import io.neuronledger.indexer.follow.state.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** When a report is due, and its content. */
class ReportWriterTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<GuardRange> GUARD = List.of(GuardRange.of(0, 9, BlockGuard.PROVED));

  private final ReportWriter writer = new ReportWriter(Duration.ofSeconds(60), 2);

  @Test
  void a_passive_instance_reports_nothing() {
    assertThat(writer.due(view(Progress.Role.STARTING, START, -1), GUARD, START)).isEmpty();
    assertThat(writer.due(view(Progress.Role.PASSIVE, START, -1), GUARD, START)).isEmpty();
    assertThat(writer.last(START)).isEmpty();
  }

  @Test
  void a_change_is_reported_at_once_and_the_same_again_after_ten_seconds() {
    FollowingReport first = writer.due(view(Progress.Role.LEADING, START, 9), GUARD, START).orElseThrow();
    assertThat(first).isEqualTo(new FollowingReport(FollowingState.FOLLOWING, Optional.empty(), START, START,
        Optional.of(9L), Optional.of(START), 2, Optional.of(9L), GUARD));
    Instant soon = START.plusMillis(9_999);
    assertThat(writer.due(view(Progress.Role.LEADING, soon, 9), GUARD, soon)).isEmpty();
    Instant later = START.plusSeconds(10);
    assertThat(writer.due(view(Progress.Role.LEADING, later, 9), GUARD, later)).hasValueSatisfying(again -> {
      assertThat(again.since()).isEqualTo(START);
      assertThat(again.reportedAt()).isEqualTo(later);
    });
    assertThat(writer.due(view(Progress.Role.LEADING, later, 10), GUARD, later)).hasValueSatisfying(
        next -> assertThat(next.head()).hasValue(10L));
    List<GuardRange> other = List.of(GuardRange.of(0, 9, BlockGuard.NONE));
    assertThat(writer.due(view(Progress.Role.LEADING, later, 10), other, later)).hasValueSatisfying(
        next -> assertThat(next.guard()).isEqualTo(other));
  }

  @Test
  void before_a_head_was_seen_there_is_none() {
    assertThat(writer.due(view(Progress.Role.LEADING, START, -1), List.of(), START)).hasValueSatisfying(report -> {
      assertThat(report.head()).isEmpty();
      assertThat(report.headTime()).isEmpty();
      assertThat(report.published()).isEmpty();
    });
  }

  @Test
  void following_has_stalled_once_no_step_has_worked_for_longer_than_the_limit() {
    Progress.View view = new Progress.View(Progress.Role.LEADING, "fetching", START, 9, START, 9, 9,
        Optional.of("the node does not answer"));
    assertThat(writer.due(view, GUARD, START.plusSeconds(60))).map(FollowingReport::state)
        .hasValue(FollowingState.FOLLOWING);
    Instant stalled = START.plusSeconds(61);
    assertThat(writer.due(view, GUARD, stalled)).hasValueSatisfying(report -> {
      assertThat(report.state()).isEqualTo(FollowingState.STALLED);
      assertThat(report.why()).hasValue("the node does not answer");
      assertThat(report.since()).isEqualTo(stalled);
    });
    Instant again = START.plusSeconds(90);
    assertThat(writer.due(view(Progress.Role.LEADING, again, 9), GUARD, again)).hasValueSatisfying(report -> {
      assertThat(report.state()).isEqualTo(FollowingState.FOLLOWING);
      assertThat(report.why()).isEmpty();
      assertThat(report.since()).isEqualTo(again);
    });
  }

  @Test
  void a_halt_is_reported_with_its_reason_and_stays_the_last_word() {
    Progress.View view = new Progress.View(Progress.Role.HALTED, "decoding", START, 9, START, 9, 9,
        Optional.of("unknown code"));
    assertThat(writer.due(view, GUARD, START)).hasValueSatisfying(report -> {
      assertThat(report.state()).isEqualTo(FollowingState.HALTED);
      assertThat(report.why()).hasValue("unknown code");
    });
    assertThat(writer.last(START)).isEmpty();
  }

  @Test
  void an_instance_that_followed_reports_its_shutdown() {
    assertThat(writer.due(view(Progress.Role.LEADING, START, 9), GUARD, START)).isPresent();
    assertThat(writer.last(START.plusSeconds(1))).hasValueSatisfying(report -> {
      assertThat(report.state()).isEqualTo(FollowingState.STOPPED);
      assertThat(report.head()).hasValue(9L);
      assertThat(report.confirmations()).isEqualTo(2);
      assertThat(report.guard()).isEqualTo(GUARD);
    });
  }

  @Test
  void of_more_than_a_thousand_ranges_the_oldest_are_one_guarded_as_the_worst_of_them() {
    List<GuardRange> most = ranges(FollowingReport.RANGES_MAX);
    assertThat(guardOf(most)).isEqualTo(most);
    List<GuardRange> more = ranges(FollowingReport.RANGES_MAX + 1);
    assertThat(guardOf(more)).hasSize(FollowingReport.RANGES_MAX).startsWith(
        new GuardRange(0, 1, BlockGuard.COMPARED, Optional.of(1L)), more.get(2)).endsWith(more.getLast());
  }

  /** Each of one block, by turns proved and compared. */
  private static List<GuardRange> ranges(int count) {
    return LongStream.range(0, count).mapToObj(block -> block % 2 == 0 ? GuardRange.of(block, block, BlockGuard.PROVED)
        : new GuardRange(block, block, BlockGuard.COMPARED, Optional.of(block))).toList();
  }

  private List<GuardRange> guardOf(List<GuardRange> ranges) {
    return writer.due(view(Progress.Role.LEADING, START, 9), ranges, START).orElseThrow().guard();
  }

  private static Progress.View view(Progress.Role role, Instant lastGood, long head) {
    return new Progress.View(role, "at the head", lastGood, head, START, head, head, Optional.empty());
  }
}
