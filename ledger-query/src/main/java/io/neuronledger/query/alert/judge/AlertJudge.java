package io.neuronledger.query.alert.judge;

import io.neuronledger.contracts.following.FollowingState;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.alert.AlertKind;
import io.neuronledger.contracts.view.alert.AlertRuleView;
import io.neuronledger.contracts.view.alert.AlertType;
import io.neuronledger.contracts.view.alert.AlertView;
import io.neuronledger.contracts.view.alert.AlertView.By;
import io.neuronledger.contracts.view.operation.StatusView;
import io.neuronledger.query.alert.store.AlertRules;
import io.neuronledger.query.alert.store.AlertRules.StoredRule;
import io.neuronledger.query.alert.store.AlertStore;
import io.neuronledger.query.alert.store.AlertStore.Active;
import io.neuronledger.query.alert.store.AlertStore.ActiveAlerts;
import io.neuronledger.query.alert.store.AlertSubject;
import io.neuronledger.query.alert.store.Recording;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.LowestSealedBlock;
import io.neuronledger.query.discrepancy.DiscrepancyQueries;
import io.neuronledger.query.following.FollowingReports;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.runway.AtRiskQueries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges the rules at the block that answers are as of, and records what has changed, each passage once: instances take
 * turns, under a lock of the database. For one thread.
 *
 * <p>Owners are looked at whose state may have changed since the last round, and refunds when one of them is due; all
 * owners, and what has no owner, regularly, after a fork, and for a rule that was made. Nothing is judged while the
 * answers lag the chain, but for the rules about that.
 */
public final class AlertJudge {
  private static final Logger log = LoggerFactory.getLogger(AlertJudge.class);
  /** Whoever changes a rule waits for a transaction that looks at all owners no longer than for one more rule. */
  private static final Duration TURN = Duration.ofSeconds(1);

  private final GlobalReads reads;
  private final DSLContext writer;
  private final AlertStore store;
  private final AlertRules rules;
  private final FollowingReports following;
  private final LedgerConditions conditions;
  private final AtRiskQueries runways;
  private final Limits limits;
  private final Clock clock;
  private final Instant started;
  private final Map<UUID, Instant> refundsDue = new HashMap<>();
  private Instant nextWhole = Instant.MIN;

  /**
   * @param wholeEvery how often all that rules are about is looked at
   * @param activeOfRuleMax how many alerts of a rule hold at the same time; above that none is raised
   * @param minimumLocked the spendable amount below which providers refuse, in neuron
   */
  public record Limits(Duration wholeEvery, int activeOfRuleMax, Neuron minimumLocked) {}

  /**
   * @param reads in read-only transactions with a snapshot
   * @param writer writes beside the generations
   */
  public AlertJudge(GlobalReads reads, DSLContext writer, AlertStore store, AlertRules rules,
      FollowingReports following, DiscrepancyQueries discrepancies, Limits limits, Clock clock) {
    this.reads = reads;
    this.writer = writer;
    this.store = store;
    this.rules = rules;
    this.following = following;
    this.conditions = new LedgerConditions(discrepancies);
    this.runways = new AtRiskQueries(limits.minimumLocked());
    this.limits = limits;
    this.clock = clock;
    this.started = clock.instant();
  }

  /** Looks once; nothing happens while another instance does. */
  public void round() {
    Set<UUID> looked = new HashSet<>();
    Optional<Round> turn;
    do {
      turn = turn(looked);
    } while (turn.filter(each -> each.isUnfinished).isPresent());
  }

  private Optional<Round> turn(Set<UUID> looked) {
    Optional<Round> turn = writer.transactionResult(transaction -> {
      DSLContext db = transaction.dsl();
      return store.tryLock(db) ? Optional.of(reads.now(reading -> new Round(now(), reading, db).run(looked)))
          : Optional.empty();
    });
    turn.ifPresent(each -> {
      refundsDue.putAll(each.due);
      refundsDue.keySet().retainAll(each.byId.keySet());
      if (each.isWhole) {
        nextWhole = clock.instant().plus(limits.wholeEvery());
      }
    });
    return turn;
  }

  /**
   * What a change of a rule ends: all that it has raised, without a message where that cannot be read. The caller holds
   * the lock.
   */
  public void end(UUID rule, DSLContext db) {
    Recording recording = new Recording(store, now(), db);
    end(rule, recording, true, db);
    // Whoever was sent what it had raised is sent that it is over, also where it is muted.
    recording.release(rule);
    recording.write();
  }

  private void end(UUID rule, Recording recording, boolean isMuted, DSLContext db) {
    ActiveAlerts active = store.active(rule, Optional.empty(), db);
    new TreeMap<>(active.readable()).values().forEach(each -> recording.recover(each.alert(), Optional.empty(),
        Optional.empty(), By.RULE, Optional.empty(), isMuted));
    store.endSilently(rule, active.unreadable(), db);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private final class Round {
    private final Instant now;
    private final DSLContext reading;
    private final DSLContext db;
    private final Recording recording;
    private final Optional<AsOf> newest;
    private final List<StoredRule> all;
    private final Map<UUID, StoredRule> byId;
    /** Rules of which it is not known whether they are enabled or muted. */
    private final Set<UUID> unreadable;
    private final Set<UUID> waiting;
    private final Map<UUID, Instant> due = new HashMap<>();
    private boolean isWhole;
    private boolean isUnfinished;

    private Round(Instant now, DSLContext reading, DSLContext db) {
      this.now = now;
      this.reading = reading;
      this.db = db;
      this.recording = new Recording(store, now, db);
      this.newest = LowestSealedBlock.find(reading, following);
      AlertRules.All stored = rules.all(db);
      this.all = stored.readable();
      this.unreadable = stored.unreadable();
      this.byId = all.stream().collect(Collectors.toMap(each -> each.rule().id(), each -> each));
      this.waiting = new HashSet<>(store.waiting(db));
    }

    /** The part of a round that is about one rule. */
    private Round(Round whole, DSLContext reading, DSLContext db) {
      this.now = whole.now;
      this.reading = reading;
      this.db = db;
      this.recording = new Recording(store, now, db);
      this.newest = whole.newest;
      this.all = whole.all;
      this.byId = whole.byId;
      this.unreadable = whole.unreadable;
      this.waiting = whole.waiting;
    }

    /** Looks at a rule so that its failure ends no other's: what was done for it is rolled back. */
    private boolean alone(StoredRule each, Consumer<Round> look) {
      try {
        reading.transaction(read -> db.transaction(written -> {
          Round part = new Round(this, read.dsl(), written.dsl());
          look.accept(part);
          part.recording.write();
          due.putAll(part.due);
        }));
        return true;
      } catch (RuntimeException e) {
        log.warn("the alert rule {} is not judged", each.rule().id(), e);
        return false;
      }
    }

    /** @param looked the rules that were looked at as a whole in this round, in this turn or before it */
    private Round run(Set<UUID> looked) {
      List<StoredRule> enabled = all.stream().filter(each -> each.rule().enabled()).toList();
      StatusView.Following state = following.view(newest);
      // An instance that has read no report yet knows nothing.
      if (state.since().isPresent()) {
        judgeFollowing(enabled, state);
      }
      newest.filter(asOf -> !asOf.behind()).ifPresent(asOf -> judge(asOf, enabled, looked));
      recording.write();
      waiting.stream().filter(rule -> !isMutedNow(rule) && !unreadable.contains(rule)).sorted()
          .forEach(recording::release);
      recording.write();
      return this;
    }

    private void judgeFollowing(List<StoredRule> enabled, StatusView.Following state) {
      boolean isUnknown = state.state() == FollowingState.UNKNOWN;
      if (!isUnknown) {
        store.followingKnown(now, db);
      }
      // One whose reports have expired may be alone with that: others that know better have judged not long ago.
      Instant known = Optional.of(started).filter(_ -> !isUnknown)
          .orElseGet(() -> store.followingKnown(db).filter(started::isBefore).orElse(started));
      for (StoredRule each : enabled) {
        if (each.rule().kind() == AlertKind.FOLLOWING_STOPPED) {
          var _ = alone(each, part -> part.apply(each, Optional.empty(),
              LedgerConditions.stopped(each.rule(), state, known, now)));
        } else if (each.rule().kind() == AlertKind.FOLLOWING_BEHIND) {
          var _ = alone(each, part -> part.apply(each, Optional.empty(),
              LedgerConditions.behind(each.rule(), state, newest)));
        }
      }
    }

    private void judge(AsOf asOf, List<StoredRule> enabled, Set<UUID> looked) {
      boolean isForked = store.isForked(reading);
      List<AlertView> retracted = store.retracted(reading);
      // Where one was not sent, what subscribers know decides about all.
      retracted.stream().filter(each -> each.muted().isPresent()).map(AlertView::rule).forEach(waiting::add);
      retracted.forEach(each -> recording.withdraw(each, block(), isMuted(each.rule())));
      // What was withdrawn is judged anew, from what holds then.
      recording.write();
      endUnjudged(retracted.stream().map(AlertView::rule).collect(Collectors.toSet()));
      if (store.isAhead(asOf.block(), db)) {
        // A partition has gone back, and the blocks have not yet: no later alert may come before an earlier one.
        return;
      }
      isWhole = isForked || !retracted.isEmpty() || !now.isBefore(nextWhole);
      // Where no rule asks for it, nobody looks who has changed.
      boolean isByOwner = !isWhole
          && enabled.stream().anyMatch(each -> each.isJudged() && each.rule().kind().isForOwners());
      Set<WalletAddress> changed = isByOwner ? store.changed(reading) : Set.of();
      if (isWhole) {
        rules.judgeAnew(db);
      }
      List<UUID> judged = new ArrayList<>();
      for (StoredRule each : enabled) {
        if (isWhole || !each.isJudged()) {
          UUID id = each.rule().id();
          if (looked.contains(id)) {
            continue;
          }
          if (!judged.isEmpty() && !clock.instant().isBefore(now.plus(TURN))) {
            isUnfinished = true;
            continue;
          }
          looked.add(id);
          if (alone(each, part -> part.apply(each, new Point(asOf, now, owners(each.rule())), true))) {
            judged.add(id);
          }
        } else if (each.rule().kind().isForOwners()) {
          Set<WalletAddress> wanted = owners(each.rule()).map(owners -> common(owners, changed)).orElse(changed);
          var _ = alone(each, part -> part.apply(each, new Point(asOf, now, Optional.of(wanted)), false));
        }
      }
      rules.judged(judged, db);
      store.judged(asOf, reading, db);
    }

    /** Ends what holds again, because its recovery is withdrawn, and is judged by no rule that is enabled. */
    private void endUnjudged(Set<UUID> touched) {
      touched.stream().filter(rule -> !unreadable.contains(rule)
              && Optional.ofNullable(byId.get(rule)).filter(each -> each.rule().enabled()).isEmpty()).sorted()
          .forEach(rule -> end(rule, recording, isMuted(rule), db));
      recording.write();
    }

    /** In the round after its end a muting still counts, so that one decision is made about all that came meanwhile. */
    private boolean isMuted(UUID rule) {
      return waiting.contains(rule) || isMutedNow(rule);
    }

    private boolean isMutedNow(UUID rule) {
      return Optional.ofNullable(byId.get(rule)).filter(each -> each.isMuted(now)).isPresent();
    }

    private static Optional<Set<WalletAddress>> owners(AlertRuleView rule) {
      return rule.owners().isEmpty() ? Optional.empty() : Optional.of(Set.copyOf(rule.owners()));
    }

    private static Set<WalletAddress> common(Set<WalletAddress> some, Set<WalletAddress> others) {
      Set<WalletAddress> both = new HashSet<>(some);
      both.retainAll(others);
      return both;
    }

    /** @param isWhole whether all is looked at that the rule is about */
    private void apply(StoredRule each, Point at, boolean isWhole) {
      AlertRuleView rule = each.rule();
      Optional<Set<WalletAddress>> owners = isWhole ? Optional.empty() : at.owners();
      switch (rule.kind()) {
        case REFUND_CLAIMABLE -> refunds(each, at, isWhole);
        case BALANCE_BELOW -> {
          if (isWhole || !at.owners().filter(Set::isEmpty).isPresent()) {
            apply(each, owners, OwnerConditions.balance(rule, at, holding(rule, owners), reading));
          }
        }
        case SPENDABLE_BELOW -> {
          if (isWhole || !at.owners().filter(Set::isEmpty).isPresent()) {
            apply(each, owners, OwnerConditions.spendable(rule, at, holding(rule, owners), reading));
          }
        }
        case RUNWAY_BELOW -> {
          if (isWhole || !at.owners().filter(Set::isEmpty).isPresent()) {
            apply(each, owners, OwnerConditions.runway(rule, at, holding(rule, owners), runways, reading));
          }
        }
        case DISCREPANCY_OPENED -> apply(each, owners, conditions.discrepancies(rule, at.asOf(), reading));
        case SETTLEMENT_UNMATCHED -> apply(each, owners, conditions.unmatched(rule, at.asOf(), reading));
        case PROVIDER_SILENT -> apply(each, owners, conditions.silent(rule, at.asOf(), reading));
        case RECONCILIATION_DIFFERENT -> apply(each, owners, conditions.different(at.asOf(), reading));
        case FOLLOWING_STOPPED, FOLLOWING_BEHIND -> { }
      }
    }

    private Set<WalletAddress> holding(AlertRuleView rule, Optional<Set<WalletAddress>> owners) {
      return store.active(rule.id(), owners, db).readable().values().stream().map(Active::subject)
          .map(AlertSubject::owner).flatMap(Optional::stream).collect(Collectors.toSet());
    }

    /** Of all where one is due, else of those that have changed. */
    private void refunds(StoredRule each, Point at, boolean isWhole) {
      UUID id = each.rule().id();
      boolean isDue = Optional.ofNullable(refundsDue.get(id)).filter(due -> due.isAfter(at.asOf().blockTime())
          && due.plus(OwnerConditions.PATIENCE).isAfter(now)).isEmpty();
      boolean isOfAll = isWhole || isDue;
      Point wanted = isOfAll ? new Point(at.asOf(), now, owners(each.rule())) : at;
      if (wanted.owners().filter(Set::isEmpty).isPresent()) {
        return;
      }
      List<OwnerConditions.Refund> found = OwnerConditions.refunds(wanted, reading);
      Instant next = found.stream().filter(refund -> !refund.isDue(at)).map(OwnerConditions.Refund::claimableAt)
          .min(Instant::compareTo).orElse(Page.YEARS_END);
      Instant known = isOfAll ? Page.YEARS_END : refundsDue.getOrDefault(id, Page.YEARS_END);
      due.put(id, next.isBefore(known) ? next : known);
      apply(each, isOfAll ? Optional.empty() : wanted.owners(),
          found.stream().map(refund -> refund.found(at)).toList());
    }

    /** @param owners of whom all was looked at; empty: everything that the rule is about */
    private void apply(StoredRule each, Optional<Set<WalletAddress>> owners, List<Finding> findings) {
      AlertRuleView rule = each.rule();
      ActiveAlerts stored = store.active(rule.id(), owners, db);
      Map<String, Active> active = new TreeMap<>(stored.readable());
      boolean isMuted = isMuted(rule.id());
      Map<String, Finding> found = new TreeMap<>();
      findings.forEach(finding -> found.put(finding.subject().key(), finding));
      active.forEach((key, holding) -> {
        Optional<Finding> finding = Optional.ofNullable(found.get(key));
        if (finding.map(Finding::isRecovered).orElse(true)) {
          recording.recover(holding.alert(), finding.flatMap(Finding::value), recoversAt(rule),
              finding.map(Finding::by).orElse(isByClock(rule) ? By.CLOCK : By.BLOCK), block(), isMuted);
        }
      });
      List<Finding> raised = found.values().stream().filter(Finding::isRaised)
          .filter(finding -> !active.containsKey(finding.subject().key())
              && !stored.unreadable().contains(finding.subject().digest())).toList();
      if (!raised.isEmpty()) {
        raised.stream().limit(Math.max(0, limits.activeOfRuleMax() - store.activeOf(rule.id(), db)))
            .forEach(finding -> recording.add(raised(rule, finding), isMuted));
      }
    }

    private AlertView raised(AlertRuleView rule, Finding finding) {
      AlertSubject subject = finding.subject();
      return new AlertView(UUID.randomUUID(), AlertType.RAISED, rule.id(), rule.kind(), subject.owner(),
          subject.provider(), subject.service(), subject.object(), finding.value(), raisesAt(rule), finding.by(),
          block(), now, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Optional<AlertView.Block> block() {
      return newest.map(asOf -> new AlertView.Block(asOf.block(), asOf.blockHash(), asOf.blockTime()));
    }
  }

  private static boolean isByClock(AlertRuleView rule) {
    return rule.kind().isOfFollowing();
  }

  private static Optional<String> raisesAt(AlertRuleView rule) {
    return rule.threshold().or(() -> rule.blocks().or(rule::forSeconds).map(Object::toString));
  }

  private static Optional<String> recoversAt(AlertRuleView rule) {
    return rule.kind() == AlertKind.RUNWAY_BELOW
        ? Optional.of(String.valueOf(OwnerConditions.lastsAgain(rule).toSeconds()))
        : rule.recoverAt().or(() -> raisesAt(rule));
  }
}
