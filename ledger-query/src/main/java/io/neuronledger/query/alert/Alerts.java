package io.neuronledger.query.alert;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.alert.AlertRuleView;
import io.neuronledger.contracts.view.alert.AlertRulesPage;
import io.neuronledger.contracts.view.alert.AlertType;
import io.neuronledger.contracts.view.alert.AlertView;
import io.neuronledger.contracts.view.alert.AlertsPage;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.alert.judge.AlertJudge;
import io.neuronledger.query.alert.publish.AlertPublisher;
import io.neuronledger.query.alert.store.AlertRules;
import io.neuronledger.query.alert.store.AlertStore;
import io.neuronledger.query.alert.store.AlertStore.Wanted;
import io.neuronledger.query.alert.store.Recording;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.request.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The rules of alerts and their alerts: makes, changes and lists them, and judges and publishes on two threads of its
 * own, so that what is judged does not wait for Kafka.
 */
public final class Alerts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Alerts.class);
  private static final int THREADS = 2;
  private static final Duration TURN = Duration.ofSeconds(2);

  private final Parts parts;
  private final AlertSettings settings;
  private final Clock clock;
  private final Semaphore turn = new Semaphore(1, true);
  private final ScheduledExecutorService rounds =
      Executors.newScheduledThreadPool(THREADS, Thread.ofVirtual().name("alerts-", 0).factory());

  /**
   * What alerts are made of.
   *
   * @param reads in read-only transactions
   * @param writer writes beside the generations
   */
  public record Parts(GlobalReads reads, DSLContext writer, AlertRules rules, AlertStore store, AlertJudge judge,
      AlertPublisher publisher) {}

  public Alerts(Parts parts, AlertSettings settings, MeterRegistry meters, Clock clock) {
    this.parts = parts;
    this.settings = settings;
    this.clock = clock;
    parts.writer().transaction(transaction -> parts.store().prepare(transaction.dsl()));
    gauge("ledger.query.alerts.active", "alerts that hold", parts.store()::active, meters);
    gauge("ledger.query.alerts.unpublished", "alerts that are not published yet", parts.store()::unpublished, meters);
  }

  private void gauge(String name, String description, ToLongFunction<DSLContext> count, MeterRegistry meters) {
    Gauge.builder(name, () -> {
      try {
        return (double) parts.reads().now(count::applyAsLong);
      } catch (DataAccessException e) {
        return Double.NaN;
      }
    }).description(description).register(meters);
  }

  /** Begins the rounds. */
  public void start() {
    long millis = settings.interval().toMillis();
    var _ = rounds.scheduleWithFixedDelay(this::judged, millis, millis, TimeUnit.MILLISECONDS);
    var _ = rounds.scheduleWithFixedDelay(this::published, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** The next round tries again, whatever hinders this one: an exception would end all rounds. */
  private void judged() {
    try {
      parts.judge().round();
    } catch (RuntimeException e) {
      log.warn("the alert rules are not judged", e);
    }
  }

  private void published() {
    try {
      while (parts.publisher().publish()) {
        log.debug("more alerts are to be published");
      }
    } catch (RuntimeException e) {
      log.warn("alerts are not published", e);
    }
  }

  AlertRuleView make(JsonNode body, Optional<WalletAddress> owner, String madeBy) {
    AlertRuleView rule = RuleRequest.rule(body, owner, madeBy, now());
    return inTurn(db -> {
      if (parts.rules().count(db) >= settings.rulesMax()) {
        throw new Refusal(ProblemCode.TOO_MANY_ALERT_RULES, "there are " + settings.rulesMax() + " rules already");
      }
      if (owner.isPresent() && parts.rules().countOfOwners(db) >= settings.rulesMax() / 2) {
        throw new Refusal(ProblemCode.TOO_MANY_ALERT_RULES,
            "the owners have " + settings.rulesMax() / 2 + " rules together already, which is what is theirs");
      }
      if (owner.isPresent() && parts.rules().count(owner, db) >= settings.rulesOfOwnerMax()) {
        throw new Refusal(ProblemCode.TOO_MANY_ALERT_RULES,
            "an owner has at most " + settings.rulesOfOwnerMax() + " rules: delete one of them");
      }
      parts.rules().add(rule, db);
      return rule;
    });
  }

  AlertRulesPage rules(Optional<WalletAddress> owner, Page page) {
    return parts.reads().now(db -> parts.rules().page(owner, page, db));
  }

  AlertRuleView rule(UUID id, Optional<WalletAddress> owner) {
    return parts.reads().now(db -> required(id, owner, db));
  }

  private AlertRuleView required(UUID id, Optional<WalletAddress> owner, DSLContext db) {
    return parts.rules().find(id, owner, db).orElseThrow(() -> notFound(owner));
  }

  private static Refusal notFound(Optional<WalletAddress> owner) {
    return new Refusal(ProblemCode.ALERT_RULE_NOT_FOUND,
        "no alert rule has this id" + owner.map(each -> " among those of " + each).orElse(""));
  }

  AlertRuleView change(UUID id, Optional<WalletAddress> owner, JsonNode body) {
    return inTurn(db -> {
      AlertRuleView before = required(id, owner, db);
      RuleRequest.Change change = RuleRequest.change(body, before, now());
      parts.rules().change(id, change.enabled(), change.mutedUntil(), db);
      AlertRuleView after = required(id, owner, db);
      if (!after.enabled()) {
        parts.judge().end(id, db);
      }
      return after;
    });
  }

  /** Also one that cannot be read. */
  void delete(UUID id, Optional<WalletAddress> owner) {
    var _ = inTurn(db -> {
      if (!parts.rules().exists(id, owner, db)) {
        throw notFound(owner);
      }
      parts.judge().end(id, db);
      parts.rules().remove(id, db);
      return id;
    });
  }

  /** Sends an alert that says that it is a test, also where the rule is muted. */
  AlertView test(UUID id, Optional<WalletAddress> owner) {
    return inTurn(db -> {
      AlertRuleView rule = required(id, owner, db);
      Recording recording = new Recording(parts.store(), now(), db);
      AlertView alert = new AlertView(UUID.randomUUID(), AlertType.RAISED, rule.id(), rule.kind(), rule.owner(),
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), AlertView.By.RULE,
          Optional.empty(), recording.now(), Optional.empty(), Optional.of(true), Optional.empty(), Optional.empty());
      recording.add(alert, false);
      recording.write();
      return alert.shown(false, false);
    });
  }

  AlertsPage page(AlertFilter filter, Page page) {
    return parts.reads().now(db -> parts.store().page(
        new Wanted(filter.owner(), filter.rule(), filter.kind(), filter.type(), filter.isActive()), page, db));
  }

  AlertView one(UUID id, Optional<WalletAddress> owner) {
    return parts.reads().now(db -> parts.store().find(id, owner, db)).orElseThrow(() -> new Refusal(
        ProblemCode.ALERT_NOT_FOUND, "no alert has this id" + owner.map(each -> " among those about " + each)
            .orElse("")));
  }

  /** What a caller does with rules. */
  private interface Act<T> {
    T on(DSLContext db);
  }

  private <T> T inTurn(Act<T> act) {
    awaitTurn();
    try {
      return parts.writer().transactionResult(transaction -> {
        parts.store().lock(transaction.dsl());
        return act.on(transaction.dsl());
      });
    } finally {
      turn.release();
    }
  }

  /** One at a time: whoever waits for the lock of the database holds a connection that others write with. */
  private void awaitTurn() {
    try {
      if (turn.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Refusal(ProblemCode.TOO_BUSY, "other rules are being changed or judged; nothing was changed: try again");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Ends after what is being judged and published. */
  @Override
  public void close() {
    rounds.shutdownNow();
    rounds.close();
    parts.publisher().close();
  }
}
