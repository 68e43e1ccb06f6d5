package io.neuronledger.command.resolution;

import io.neuronledger.command.store.UnitsOfWork;
import io.neuronledger.command.store.deployment.DeclaredDeployment;
import io.neuronledger.command.store.deployment.WriteTokens;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.usage.DifferenceKey;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Excerpt;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.usage.DiscrepancyResolution;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Records decisions about discrepancies. There are two kinds, with keys of two forms: a chain fact that broke a rule,
 * which this service finds; and a difference between settlements and usage, which readers of the account events
 * compute, so a decision names the amount it is about. Repeating the last decision adds no event.
 */
public final class Resolutions {
  /** {@code <rule>:<block>-<transaction>-<step>-<branch>:<account>}, the key of a broken rule. */
  private static final Pattern BREACH =
      Pattern.compile("[a-z0-9-]+:\\d+-\\d+-\\d+-\\d+:(?:ledger|sub-account):(0x[0-9a-f]{40})(?::.*)?", Pattern.DOTALL);

  /** The key is part of the stream's name, and the index over those takes no more than 2,704 bytes. */
  static final int KEY_BYTES_MAX = 2_000;

  private final DiscrepancyStream stream;
  private final DeclaredDeployment declaredDeployment;
  private final UnitsOfWork units;
  private final WriteTokens tokens;
  private final Clock clock;

  public Resolutions(DiscrepancyStream stream, DeclaredDeployment declaredDeployment, UnitsOfWork units,
      WriteTokens tokens, Clock clock) {
    this.tokens = tokens;
    this.stream = stream;
    this.declaredDeployment = declaredDeployment;
    this.units = units;
    this.clock = clock;
  }

  /**
   * @throws Refusal if the key names no discrepancy, or the decision does not fit it
   * @throws org.axonframework.modelling.command.ConcurrencyException if another decision was recorded at the same time
   */
  DiscrepancyResolution resolve(String key, Decision decision) {
    if (key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES_MAX || key.indexOf('\0') >= 0) {
      throw notFound(key);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return DifferenceKey.looksLike(key) ? resolveDifference(key, decision, now) : resolveBreach(key, decision, now);
  }

  private DiscrepancyResolution resolveBreach(String key, Decision decision, Instant now) {
    Matcher form = BREACH.matcher(key);
    if (!form.matches()) {
      throw notFound(key);
    }
    WalletAddress owner = new WalletAddress(form.group(1));
    if (decision.amount().isPresent()) {
      throw unfit("a broken rule has no amount: leave out the amount");
    }
    declaredDeployment.require(owner);
    if (!stream.wasFound(owner, key)) {
      throw notFound(key);
    }
    return record(owner, key,
        new LedgerEvent.DiscrepancyResolved(owner, key, decision.reason(), decision.by(), now));
  }

  private DiscrepancyResolution resolveDifference(String text, Decision decision, Instant now) {
    DifferenceKey key;
    try {
      key = DifferenceKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw notFound(text);
    }
    NeuronSum amount = decision.amount().filter(each -> each.sign() > 0).orElseThrow(() -> unfit(
        "a difference needs its amount, in neuron, above zero: the amount that the decision is about"));
    WalletAddress owner = key.subAccount().owner();
    declaredDeployment.require(owner);
    return record(owner, key.toString(),
        new UsageEvent.DifferenceResolved(owner, key, amount, decision.reason(), decision.by(), now));
  }

  private DiscrepancyResolution record(WalletAddress owner, String key, AccountEvent decision) {
    Optional<AccountEvent> same = stream.lastDecision(owner, key).filter(before -> isSame(before, decision));
    AccountEvent recorded = same.orElseGet(() -> units.run("resolve-discrepancy", () -> {
      stream.append(owner, key, decision);
      return decision;
    }));
    return view(recorded, tokens.of(Set.of(owner)));
  }

  private static Refusal notFound(String key) {
    return new Refusal(ProblemCode.DISCREPANCY_NOT_FOUND, "no discrepancy has the key " + Excerpt.of(key));
  }

  private static Refusal unfit(String reason) {
    return new Refusal(ProblemCode.DECISION_DOES_NOT_FIT, reason);
  }

  /** Whether they differ in their times alone. */
  private static boolean isSame(AccountEvent before, AccountEvent now) {
    return switch (before) {
      case LedgerEvent.DiscrepancyResolved breach -> now instanceof LedgerEvent.DiscrepancyResolved other
          && breach.reason().equals(other.reason()) && breach.by().equals(other.by());
      case UsageEvent.DifferenceResolved difference -> now instanceof UsageEvent.DifferenceResolved other
          && difference.amount().equals(other.amount()) && difference.reason().equals(other.reason())
          && difference.by().equals(other.by());
      case AccountEvent other -> throw noDecision(other);
    };
  }

  private static IllegalStateException noDecision(AccountEvent other) {
    return new IllegalStateException("the stream has an event that is no decision: " + other);
  }

  private static DiscrepancyResolution view(AccountEvent decision, WriteToken token) {
    return switch (decision) {
      case LedgerEvent.DiscrepancyResolved resolved -> new DiscrepancyResolution(resolved.key(), resolved.owner(),
          Optional.empty(), resolved.reason(), resolved.by(), resolved.at(), token);
      case UsageEvent.DifferenceResolved resolved -> new DiscrepancyResolution(resolved.key().toString(),
          resolved.owner(), Optional.of(resolved.amount()), resolved.reason(), resolved.by(), resolved.at(), token);
      case AccountEvent other -> throw noDecision(other);
    };
  }
}
