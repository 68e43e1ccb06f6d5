package io.neuronledger.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.view.operation.RebuildView;
import io.neuronledger.query.generation.Generation;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RebuildProgressTest {
  private final RebuildProgress progress =
      new RebuildProgress(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));

  /** The state "failed" means that nothing has changed. */
  @Test
  void a_failure_after_the_switch_is_stopped() {
    progress.building(new Generation(2, "read_model_2"));
    progress.switched();
    progress.failed("the database is away");
    RebuildView view = progress.view(2);
    assertThat(view.state()).isEqualTo(RebuildView.State.STOPPED);
    assertThat(view.trouble()).hasValue("the database is away");
    assertThat(progress.isOver()).isTrue();
  }

  @Test
  void a_failure_before_the_switch_is_failed() {
    progress.building(new Generation(2, "read_model_2"));
    progress.failed("no room");
    assertThat(progress.view(1).state()).isEqualTo(RebuildView.State.FAILED);
  }

  @Test
  void a_failure_after_the_end_changes_nothing() {
    progress.building(new Generation(2, "read_model_2"));
    progress.switched();
    progress.done();
    progress.failed("the connection went away");
    assertThat(progress.view(2).state()).isEqualTo(RebuildView.State.DONE);
  }
}
