package io.neuronledger.indexer.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.indexer.follow.state.Progress;
import io.neuronledger.indexer.wiring.settings.FollowSettings;
import io.neuronledger.testkit.servers.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class FollowHealthTest {
  private static final FollowSettings SETTINGS = new FollowSettings(0, "tag", Duration.ofSeconds(1), 1, 1,
      Duration.ofSeconds(1), 1, Duration.ofSeconds(60), Duration.ZERO, Duration.ofMinutes(15));

  private final ManualClock clock = new ManualClock();

  /** A step that never ends records neither success nor failure. */
  @Test
  void a_step_that_never_ends_is_not_ready() {
    FollowHealth health = new FollowHealth(new Progress(clock, new SimpleMeterRegistry()), SETTINGS, clock);
    clock.pass(SETTINGS.stallMax());
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    clock.pass(Duration.ofMillis(1));
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails().get("why")).asString().contains("no step has worked for 60 s");
  }
}
