package io.neuronledger.indexer.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.indexer.follow.state.Progress;
import io.neuronledger.indexer.wiring.settings.FollowSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class FollowHealthTest {
  private static final FollowSettings SETTINGS = new FollowSettings(0, "tag", Duration.ofSeconds(1), 1, 1,
      Duration.ofSeconds(1), 1, Duration.ofSeconds(60), Duration.ZERO, Duration.ofMinutes(15));

  private Instant now = Instant.EPOCH;

  /** A step that never ends records neither success nor failure. */
  @Test
  void a_step_that_never_ends_is_not_ready() {
    FollowHealth health = new FollowHealth(new Progress(clock(), new SimpleMeterRegistry()), SETTINGS, clock());
    now = now.plus(SETTINGS.stallMax());
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    now = now.plusMillis(1);
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails().get("why")).asString().contains("no step has worked for 60 s");
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }
}
