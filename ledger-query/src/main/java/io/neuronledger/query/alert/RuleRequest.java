package io.neuronledger.query.alert;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.alert.AlertKind;
import io.neuronledger.contracts.view.alert.AlertRuleView;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.StrictJsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Reads a rule, or a change of one, from the body of a request. A field that the kind does not use is refused. */
final class RuleRequest {
  static final int BODY_BYTES_MAX = 64 << 10;
  static final int OWNERS_MAX = 1_000;
  static final Duration LONGEST = Duration.ofDays(365);
  private static final Duration LONGEST_RUNWAY = Duration.ofDays(30);
  private static final long BLOCKS_MAX = 1_000_000_000;
  private static final String OWNERS = "owners";
  private static final String MUTED_UNTIL = "muted_until";

  private final JsonNode body;
  private final StrictJsonObject fields;

  private RuleRequest(JsonNode body) {
    this.body = body;
    this.fields = StrictJsonObject.of("an alert rule", body);
  }

  /**
   * A new rule.
   *
   * @param owner whose rule it is; empty: an operator's
   * @throws Refusal with all mistakes
   */
  static AlertRuleView rule(JsonNode body, Optional<WalletAddress> owner, String madeBy, Instant now) {
    return new RuleRequest(body).rule(owner, madeBy, now);
  }

  private AlertRuleView rule(Optional<WalletAddress> owner, String madeBy, Instant now) {
    Optional<AlertKind> named = fields.text("kind", AlertKind::of);
    fields.check();
    AlertKind kind = named.orElseThrow();
    if (owner.isPresent() && !kind.isForOwners()) {
      fields.addMistake("kind: an owner has no rule of the kind " + kind.word());
    }
    List<WalletAddress> given = namesNoOwner() || (owner.isEmpty() && kind.isAboutOwners()) ? owners() : List.of();
    List<WalletAddress> owners = owner.map(List::of).orElse(given);
    Optional<AlertRuleView.Balance> balance = Optional.empty();
    Optional<Neuron> threshold = Optional.empty();
    Optional<Neuron> recoverAt = Optional.empty();
    if (kind == AlertKind.BALANCE_BELOW || kind == AlertKind.SPENDABLE_BELOW) {
      threshold = fields.text("threshold", RuleRequest::threshold);
      recoverAt = fields.optionalText("recover_at", Neuron::parse);
      if (threshold.isPresent() && recoverAt.isPresent() && recoverAt.get().compareTo(threshold.get()) < 0) {
        fields.addMistake("recover_at is below threshold");
      }
    }
    if (kind == AlertKind.BALANCE_BELOW) {
      balance = fields.text("balance", RuleRequest::balance);
    }
    boolean hasSubAccount = kind == AlertKind.SPENDABLE_BELOW || kind == AlertKind.RUNWAY_BELOW
        || kind == AlertKind.SETTLEMENT_UNMATCHED || kind == AlertKind.DISCREPANCY_OPENED;
    Optional<WalletAddress> provider = hasSubAccount || kind == AlertKind.PROVIDER_SILENT
        ? fields.optionalText("provider", WalletAddress::typed) : Optional.empty();
    Optional<ServiceName> service =
        hasSubAccount ? fields.optionalText("service", ServiceName::typed) : Optional.empty();
    Optional<Long> forSeconds = switch (kind) {
      case SETTLEMENT_UNMATCHED, FOLLOWING_STOPPED -> count("for_seconds", 0, LONGEST.toSeconds(), true);
      case RUNWAY_BELOW -> count("for_seconds", Duration.ofHours(1).toSeconds(), LONGEST_RUNWAY.toSeconds(), true);
      // Usage is known by the hour.
      case PROVIDER_SILENT -> count("for_seconds", Duration.ofHours(1).toSeconds(), LONGEST.toSeconds(), true);
      case FOLLOWING_BEHIND -> count("for_seconds", 0, LONGEST.toSeconds(), false);
      case REFUND_CLAIMABLE, BALANCE_BELOW, SPENDABLE_BELOW, DISCREPANCY_OPENED, RECONCILIATION_DIFFERENT ->
          Optional.empty();
    };
    Optional<Long> blocks =
        kind == AlertKind.FOLLOWING_BEHIND ? count("blocks", 0, BLOCKS_MAX, false) : Optional.empty();
    if (kind == AlertKind.FOLLOWING_BEHIND && forSeconds.isPresent() == blocks.isPresent()) {
      fields.addMistake("either blocks or for_seconds is given");
    }
    Change change = change(new Change(true, Optional.empty()), now);
    Optional<String> from = threshold.map(Neuron::toString);
    return new AlertRuleView(UUID.randomUUID(), kind, owner, owners, balance, from,
        recoverAt.map(Neuron::toString).or(() -> from), provider, service, forSeconds, blocks, change.enabled(),
        change.mutedUntil(), madeBy, now);
  }

  private List<WalletAddress> owners() {
    if (!body.has(OWNERS)) {
      return List.of();
    }
    List<WalletAddress> owners = fields.texts(OWNERS, WalletAddress::typed).orElse(List.of());
    if (owners.size() > OWNERS_MAX) {
      fields.addMistake("owners has at most " + OWNERS_MAX + " addresses; without any, the rule is about all owners");
    }
    return owners;
  }

  /** Clients that are generated send an empty list for what their caller has left out. */
  private boolean namesNoOwner() {
    return body.path(OWNERS).isArray() && body.path(OWNERS).isEmpty();
  }

  private static Neuron threshold(String text) {
    Neuron threshold = Neuron.parse(text);
    if (threshold.isZero()) {
      throw new IllegalArgumentException("nothing is below 0");
    }
    return threshold;
  }

  private static AlertRuleView.Balance balance(String text) {
    for (AlertRuleView.Balance each : AlertRuleView.Balance.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
        return each;
      }
    }
    throw new IllegalArgumentException("must be available or total");
  }

  private Optional<Long> count(String name, long least, long most, boolean isRequired) {
    if (!isRequired && !body.has(name)) {
      return Optional.empty();
    }
    Optional<Long> count = fields.count(name);
    if (count.filter(value -> value < least || value > most).isPresent()) {
      fields.addMistake(name + " must be from " + least + " to " + most);
    }
    return count;
  }

  /** What of a rule may change. */
  record Change(boolean enabled, Optional<Instant> mutedUntil) {}

  /**
   * A change: what is not named stays.
   *
   * @throws Refusal with all mistakes
   */
  static Change change(JsonNode body, AlertRuleView rule, Instant now) {
    return new RuleRequest(body).change(new Change(rule.enabled(), rule.mutedUntil()), now);
  }

  private Change change(Change before, Instant now) {
    boolean isEnabled = body.has("enabled") ? fields.flag("enabled").orElse(true) : before.enabled();
    Optional<Instant> given = fields.optionalText(MUTED_UNTIL, RuleRequest::instant);
    if (given.filter(until -> until.isAfter(now.plus(LONGEST))).isPresent()) {
      fields.addMistake(MUTED_UNTIL + " must be within " + LONGEST.toDays() + " days");
    }
    if (given.filter(until -> until.isBefore(Instant.EPOCH)).isPresent()) {
      fields.addMistake(MUTED_UNTIL + " must not be before 1970");
    }
    fields.refuseUnknown();
    fields.check();
    return new Change(isEnabled, body.has(MUTED_UNTIL) ? given : before.mutedUntil());
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time like 2027-01-31T12:00:00Z", e);
    }
  }
}
