package io.neuronledger.command.resolution;

import io.neuronledger.command.resolution.DiscrepancyStream.Last;
import io.neuronledger.command.store.UnitsOfWork;
import io.neuronledger.command.store.deployment.DeclaredDeployment;
import io.neuronledger.command.store.deployment.WriteTokens;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.period.ReportDifferenceKey;
import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.usage.DifferenceKey;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Excerpt;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.usage.DiscrepancyResolution;
import io.neuronledger.contracts.view.usage.DiscrepancyResolution.State;
import io.neuronledger.foundation.access.caller.Caller;
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
 * compute, so a decision names the amount it is about. Repeating the last decision adds no event. A difference above a
 * configured amount is resolved by two persons: one proposes it, another one approves it.
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
  private final NeuronSum secondPersonAbove;
  private final Clock clock;

  /** @param secondPersonAbove the largest difference that one person resolves alone, in neuron */
  public Resolutions(DiscrepancyStream stream, DeclaredDeployment declaredDeployment, UnitsOfWork units,
      WriteTokens tokens, NeuronSum secondPersonAbove, Clock clock) {
    this.tokens = tokens;
    this.secondPersonAbove = secondPersonAbove;
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
    requireShort(key);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return DifferenceKey.looksLike(key) ? resolveDifference(key, decision, now) : resolveBreach(key, decision, now);
  }

  private DiscrepancyResolution resolveBreach(String key, Decision decision, Instant now) {
    WalletAddress owner = ownerOfBreach(key);
    if (decision.amount().isPresent()) {
      throw unfit("a broken rule has no amount: leave out the amount");
    }
    declaredDeployment.require(owner);
    if (!stream.wasFound(owner, key)) {
      throw notFound(key);
    }
    return record(owner, key,
        new LedgerEvent.DiscrepancyResolved(owner, key, decision.reason(), decision.by().subject(), now));
  }

  private static WalletAddress ownerOfBreach(String key) {
    requireResolvable(key);
    Matcher form = BREACH.matcher(key);
    if (!form.matches()) {
      throw notFound(key);
    }
    return new WalletAddress(form.group(1));
  }

  /** What differs in a closed period's report is no decision about an amount: the period itself is decided about. */
  private static void requireResolvable(String key) {
    if (ReportDifferenceKey.looksLike(key)) {
      throw unfit("the report of a closed period is not resolved: it is made again, or the period is reopened");
    }
  }

  /**
   * The amount that a caller names can only make a decision void, never smaller than the difference: a resolution holds
   * for a difference of exactly its amount, as ledger-query computes it. So the limit needs no other amount; but what
   * two persons decided or are deciding is made void by no key, and a proposal is revoked before there is another one.
   */
  private DiscrepancyResolution resolveDifference(String text, Decision decision, Instant now) {
    DifferenceKey key = difference(text);
    NeuronSum amount = decision.amount().filter(each -> each.sign() > 0).orElseThrow(() -> unfit(
        "a difference needs its amount, in neuron, above zero: the amount that the decision is about"));
    WalletAddress owner = key.subAccount().owner();
    String by = decision.by().subject();
    declaredDeployment.require(owner);
    Optional<Last> last = stream.last(owner, key.toString());
    if (amount.compareTo(secondPersonAbove) > 0 || last.filter(this::isOfTwoPersons).isPresent()) {
      Decisions.requirePerson(decision.by());
    }
    UsageEvent.DifferenceDecision made = amount.compareTo(secondPersonAbove) > 0
        ? new UsageEvent.DifferenceResolutionProposed(owner, key, amount, decision.reason(), by, now)
        : new UsageEvent.DifferenceResolved(owner, key, amount, decision.reason(), by, now);
    if (last.isPresent() && last.get().decision() instanceof UsageEvent.DifferenceResolutionProposed waiting
        && !isSame(waiting, made)) {
      throw new Refusal(ProblemCode.PROPOSAL_PENDING, waiting.by() + " has proposed to resolve this difference of "
          + waiting.amount() + ": approve that, or revoke it first");
    }
    return record(owner, key.toString(), last, made);
  }

  /** Whether it is a proposal that waits for its approval, or a resolution above the limit. */
  private boolean isOfTwoPersons(Last last) {
    return last.decision() instanceof UsageEvent.DifferenceResolutionProposed
        || (last.decision() instanceof UsageEvent.DifferenceResolved resolved
            && resolved.amount().compareTo(secondPersonAbove) > 0);
  }

  /**
   * Approves the last proposal to resolve a difference: the one that the caller has read, and none that took its place.
   *
   * @param amount that of the proposal
   * @param number that of the proposal
   * @throws Refusal if there is no such proposal, or the caller has made it, or is no person
   * @throws org.axonframework.modelling.command.ConcurrencyException if another decision was recorded at the same time
   */
  DiscrepancyResolution approve(String text, NeuronSum amount, long number, Caller caller) {
    Decisions.requirePerson(caller);
    requireShort(text);
    requireResolvable(text);
    DifferenceKey key = difference(text);
    WalletAddress owner = key.subAccount().owner();
    declaredDeployment.require(owner);
    Optional<Last> last = stream.last(owner, key.toString());
    Optional<AccountEvent> decided = last.map(Last::decision);
    long newest = last.map(Last::number).orElse(0L);
    if (decided.orElse(null) instanceof UsageEvent.DifferenceResolved approved && approved.amount().equals(amount)
        && approved.by().equals(caller.subject()) && amount.compareTo(secondPersonAbove) > 0
        && newest == number + 1) {
      return view(newest, approved, tokens.of(Set.of(owner)));
    }
    UsageEvent.DifferenceResolutionProposed proposal = decided
        .filter(UsageEvent.DifferenceResolutionProposed.class::isInstance)
        .map(UsageEvent.DifferenceResolutionProposed.class::cast)
        .filter(each -> each.amount().equals(amount) && newest == number)
        .orElseThrow(() -> new Refusal(ProblemCode.PROPOSAL_NOT_FOUND,
            "nobody proposes to resolve this difference of " + amount + " under this number at present"));
    Decisions.requireAnother(proposal.by(), caller);
    return record(owner, key.toString(), last, new UsageEvent.DifferenceResolved(owner, key, amount,
        proposal.reason(), caller.subject(), clock.instant().truncatedTo(ChronoUnit.MILLIS)));
  }

  /**
   * Revokes the last decision about a discrepancy, proposed or in force.
   *
   * @throws Refusal if nothing is decided about it, or the caller is no person
   * @throws org.axonframework.modelling.command.ConcurrencyException if another decision was recorded at the same time
   */
  DiscrepancyResolution revoke(String text, String reason, Caller caller) {
    Decisions.requirePerson(caller);
    requireShort(text);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (DifferenceKey.looksLike(text)) {
      DifferenceKey key = difference(text);
      WalletAddress owner = key.subAccount().owner();
      return revoke(owner, key.toString(),
          new UsageEvent.DifferenceResolutionRevoked(owner, key, reason, caller.subject(), now));
    }
    WalletAddress owner = ownerOfBreach(text);
    return revoke(owner, text,
        new LedgerEvent.DiscrepancyResolutionRevoked(owner, text, reason, caller.subject(), now));
  }

  private DiscrepancyResolution revoke(WalletAddress owner, String key, AccountEvent revoked) {
    declaredDeployment.require(owner);
    Optional<Last> last = stream.last(owner, key);
    if (last.map(Last::decision).filter(each -> !isRevocation(each) || isSame(each, revoked)).isEmpty()) {
      throw new Refusal(ProblemCode.DECISION_NOT_FOUND, "nothing is decided about this discrepancy at present");
    }
    return record(owner, key, last, revoked);
  }

  private static boolean isRevocation(AccountEvent decision) {
    return decision instanceof UsageEvent.DifferenceResolutionRevoked
        || decision instanceof LedgerEvent.DiscrepancyResolutionRevoked;
  }

  private static void requireShort(String key) {
    if (key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES_MAX || key.indexOf('\0') >= 0) {
      throw notFound(key);
    }
  }

  private static DifferenceKey difference(String text) {
    try {
      return DifferenceKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw notFound(text);
    }
  }

  private DiscrepancyResolution record(WalletAddress owner, String key, AccountEvent decision) {
    return record(owner, key, stream.last(owner, key), decision);
  }

  /** @param last the newest decision when this one was made */
  private DiscrepancyResolution record(WalletAddress owner, String key, Optional<Last> last, AccountEvent decision) {
    Last recorded = last.filter(before -> isSame(before.decision(), decision))
        .orElseGet(() -> units.run("resolve-discrepancy", () -> {
          stream.append(owner, key, last, decision);
          return new Last(decision, last.map(Last::number).orElse(0L));
        }));
    return view(recorded.number(), recorded.decision(), tokens.of(Set.of(owner)));
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
      case LedgerEvent.DiscrepancyResolutionRevoked revoked ->
          now instanceof LedgerEvent.DiscrepancyResolutionRevoked other && revoked.reason().equals(other.reason())
              && revoked.by().equals(other.by());
      case UsageEvent.DifferenceResolved difference -> now instanceof UsageEvent.DifferenceResolved other
          && difference.amount().equals(other.amount()) && difference.reason().equals(other.reason())
          && difference.by().equals(other.by());
      case UsageEvent.DifferenceResolutionProposed proposed ->
          now instanceof UsageEvent.DifferenceResolutionProposed other && proposed.amount().equals(other.amount())
              && proposed.reason().equals(other.reason()) && proposed.by().equals(other.by());
      case UsageEvent.DifferenceResolutionRevoked revoked ->
          now instanceof UsageEvent.DifferenceResolutionRevoked other && revoked.reason().equals(other.reason())
              && revoked.by().equals(other.by());
      case AccountEvent other -> throw noDecision(other);
    };
  }

  private static IllegalStateException noDecision(AccountEvent other) {
    return new IllegalStateException("the stream has an event that is no decision: " + other);
  }

  private static DiscrepancyResolution view(long number, AccountEvent decision, WriteToken token) {
    return switch (decision) {
      case LedgerEvent.DiscrepancyResolved resolved -> view(number, resolved, State.RESOLVED, token);
      case LedgerEvent.DiscrepancyResolutionRevoked revoked -> view(number, revoked, State.REVOKED, token);
      case UsageEvent.DifferenceResolved resolved ->
          view(number, resolved, State.RESOLVED, Optional.of(resolved.amount()), token);
      case UsageEvent.DifferenceResolutionProposed proposed ->
          view(number, proposed, State.PROPOSED, Optional.of(proposed.amount()), token);
      case UsageEvent.DifferenceResolutionRevoked revoked ->
          view(number, revoked, State.REVOKED, Optional.empty(), token);
      case AccountEvent other -> throw noDecision(other);
    };
  }

  private static DiscrepancyResolution view(long number, LedgerEvent.BreachDecision decision, State state,
      WriteToken token) {
    return new DiscrepancyResolution(number, decision.key(), decision.owner(), state, Optional.empty(),
        decision.reason(), decision.by(), decision.at(), token);
  }

  private static DiscrepancyResolution view(long number, UsageEvent.DifferenceDecision decision, State state,
      Optional<NeuronSum> amount, WriteToken token) {
    return new DiscrepancyResolution(number, decision.key().toString(), decision.owner(), state, amount,
        decision.reason(), decision.by(), decision.at(), token);
  }
}
