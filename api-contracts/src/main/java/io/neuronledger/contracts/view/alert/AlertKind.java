package io.neuronledger.contracts.view.alert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a rule of alerts looks at. */
public enum AlertKind {
  /** A refund could be fetched. */
  REFUND_CLAIMABLE(true),
  /** What a ledger has available, or in all, is below a threshold. */
  BALANCE_BELOW(true),
  /** What may still be spent of a sub-account is below a threshold. */
  SPENDABLE_BELOW(true),
  /** A sub-account may be refused soon, if its use goes on. */
  RUNWAY_BELOW(true),
  /** A discrepancy is open. */
  DISCREPANCY_OPENED(false),
  /** A settlement has not matched for a while. */
  SETTLEMENT_UNMATCHED(false),
  /** A provider that was active before has neither usage nor settlements for a while. */
  PROVIDER_SILENT(false),
  /** The chain is not followed for a while. */
  FOLLOWING_STOPPED(false),
  /** The answers lag the chain. */
  FOLLOWING_BEHIND(false),
  /** The newest comparison with the contract found another state. */
  RECONCILIATION_DIFFERENT(false);

  private final boolean isForOwners;

  AlertKind(boolean isForOwners) {
    this.isForOwners = isForOwners;
  }

  /** Whether an owner may have a rule of this kind, about itself. */
  public boolean isForOwners() {
    return isForOwners;
  }

  /** Whether its alerts are about owners, so that a rule may name some. */
  public boolean isAboutOwners() {
    return isForOwners || this == DISCREPANCY_OPENED || this == SETTLEMENT_UNMATCHED;
  }

  /** Whether its alerts are about the following of the chain: they stand whatever the chain takes back. */
  public boolean isOfFollowing() {
    return this == FOLLOWING_STOPPED || this == FOLLOWING_BEHIND;
  }

  /** The word in JSON, SQL and parameters. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** @throws IllegalArgumentException for another word */
  @JsonCreator
  public static AlertKind of(String word) {
    for (AlertKind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("not a kind of alert rule: " + word);
  }
}
