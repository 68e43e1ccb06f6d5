package io.neuronledger.command.resolution;

import io.neuronledger.command.store.DeclaredDeployment;
import io.neuronledger.command.store.UnitsOfWork;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.usage.DifferenceKey;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.usage.DiscrepancyResolution;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Records decisions about discrepancies. Two kinds have keys of two forms: a chain fact that broke a rule, found here;
 * and a difference between settlements and usage, found by whoever reads the account events, so that its decision names
 * the amount it was made for. The same decision again is no new event.
 */
public final class Resolutions {
  /** {@code <rule>:<block>-<transaction>-<step>-<branch>:<account>}, as found discrepancies are named. */
  private static final Pattern BREACH =
      Pattern.compile("[a-z0-9-]+:\\d+-\\d+-\\d+-\\d+:(?:ledger|sub-account):(0x[0-9a-f]{40})(?::.*)?", Pattern.DOTALL);

  /** The key is part of the stream's name, and the index over those takes no more than 2,704 bytes. */
  static final int KEY_BYTES_MAX = 2_000;

  private final DiscrepancyStream stream;
  private final DeclaredDeployment partitions;
  private final UnitsOfWork work;
  private final Clock clock;

  public Resolutions(DiscrepancyStream stream, DeclaredDeployment partitions, UnitsOfWork work, Clock clock) {
    this.stream = stream;
    this.partitions = partitions;
    this.work = work;
    this.clock = clock;
  }

  /**
   * @throws NotResolvable if the key names nothing, or the decision does not fit it
   * @throws org.axonframework.modelling.command.ConcurrencyException if somebody else decided at the same moment
   */
  DiscrepancyResolution resolve(String key, Decision decision) {
    if (key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES_MAX || key.indexOf('\0') >= 0) {
      throw NotResolvable.notFound(key);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return DifferenceKey.looksLike(key) ? difference(key, decision, now) : breach(key, decision, now);
  }

  private DiscrepancyResolution breach(String key, Decision decision, Instant now) {
    Matcher form = BREACH.matcher(key);
    if (!form.matches()) {
      throw NotResolvable.notFound(key);
    }
    WalletAddress owner = new WalletAddress(form.group(1));
    if (decision.amount().isPresent()) {
      throw NotResolvable.decision("a broken rule is resolved as it stands: leave out the amount");
    }
    partitions.require(owner);
    if (!stream.wasFound(owner, key)) {
      throw NotResolvable.notFound(key);
    }
    return decided(owner, key,
        new LedgerEvent.DiscrepancyResolved(owner, key, decision.reason(), decision.by(), now));
  }

  private DiscrepancyResolution difference(String text, Decision decision, Instant now) {
    DifferenceKey key;
    try {
      key = DifferenceKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw NotResolvable.notFound(text);
    }
    NeuronSum amount = decision.amount().filter(told -> told.sign() > 0).orElseThrow(() -> NotResolvable.decision(
        "a difference is resolved for one amount, in neuron, above zero: the one that was looked at"));
    WalletAddress owner = key.subAccount().owner();
    partitions.require(owner);
    return decided(owner, key.toString(),
        new UsageEvent.DifferenceResolved(owner, key, amount, decision.reason(), decision.by(), now));
  }

  private DiscrepancyResolution decided(WalletAddress owner, String key, AccountEvent decision) {
    Optional<DiscrepancyResolution> same = stream.lastDecision(owner, key).map(Resolutions::view)
        .filter(before -> isSame(before, view(decision)));
    return same.orElseGet(() -> {
      work.run("resolve-discrepancy", () -> {
        stream.append(owner, key, decision);
        return decision;
      });
      return view(decision);
    });
  }

  private static boolean isSame(DiscrepancyResolution before, DiscrepancyResolution now) {
    return before.amount().equals(now.amount()) && before.reason().equals(now.reason()) && before.by().equals(now.by());
  }

  private static DiscrepancyResolution view(AccountEvent decision) {
    return switch (decision) {
      case LedgerEvent.DiscrepancyResolved told -> new DiscrepancyResolution(told.key(), told.owner(), Optional.empty(),
          told.reason(), told.by(), told.at());
      case UsageEvent.DifferenceResolved told -> new DiscrepancyResolution(told.key().toString(), told.owner(),
          Optional.of(told.amount()), told.reason(), told.by(), told.at());
      case AccountEvent other -> throw new IllegalStateException("no decision: " + other);
    };
  }
}
