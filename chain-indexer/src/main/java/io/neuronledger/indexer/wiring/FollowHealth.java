package io.neuronledger.indexer.wiring;

import io.neuronledger.contracts.following.GuardRange;
import io.neuronledger.indexer.follow.state.Progress;
import io.neuronledger.indexer.wiring.settings.FollowSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Ready while the head is fresh: a step succeeded recently, even if it had nothing to do. Not ready after too long
 * without a successful step, or when an operator must act; the answer has the stage and the cause.
 */
@Component("follow")
class FollowHealth implements HealthIndicator {
  private static final int GUARD_RANGES_SHOWN = 20;

  private final Progress progress;
  private final FollowSettings settings;
  private final Clock clock;

  FollowHealth(Progress progress, FollowSettings settings, Clock clock) {
    this.progress = progress;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Health health() {
    Progress.View view = progress.view();
    Health.Builder health = trouble(view).map(why -> Health.down().withDetail("why", why)).orElseGet(Health::up)
        .withDetail("role", view.role()).withDetail("stage", view.stage()).withDetail("head", view.head())
        .withDetail("published", view.published()).withDetail("finalized", view.finalized())
        .withDetail("last_good", view.lastGood());
    guard(health);
    view.failure().ifPresent(failure -> health.withDetail("last_failure", failure));
    return health.build();
  }

  /** The guard of the newest blocks, and of the ranges before them, newest first. */
  private void guard(Health.Builder health) {
    List<GuardRange> newest = progress.guard().reversed().stream().limit(GUARD_RANGES_SHOWN).toList();
    if (!newest.isEmpty()) {
      health.withDetail("guard", newest.getFirst().guard().tag())
          .withDetail("guard_ranges", newest.stream().map(range -> range.from() + " to " + range.to() + ": "
              + range.guard().tag()).toList())
          .withDetail("guard_ranges_total", progress.guard().size());
    }
  }

  private Optional<String> trouble(Progress.View view) {
    if (view.role() == Progress.Role.HALTED) {
      return Optional.of("halted: " + view.failure().orElse(view.stage()));
    }
    Instant now = clock.instant();
    Duration silent = Duration.between(view.lastGood(), now);
    if (silent.compareTo(settings.stallMax()) > 0) {
      return Optional.of("no step has worked for " + silent.toSeconds() + " s, at the stage: " + view.stage());
    }
    boolean agesMatter = !settings.headAgeMax().isZero() && view.role() == Progress.Role.LEADING && view.head() >= 0;
    Duration age = Duration.between(view.headTime(), now);
    if (agesMatter && age.compareTo(settings.headAgeMax()) > 0) {
      return Optional.of("the newest block " + view.head() + " is " + age.toSeconds() + " s old");
    }
    return Optional.empty();
  }
}
