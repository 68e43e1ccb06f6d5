package io.neuronledger.contracts.view.discrepancy;

import com.fasterxml.jackson.annotation.JsonValue;
import io.neuronledger.contracts.period.ReportDifferenceKey;
import io.neuronledger.contracts.usage.DifferenceKey;

/**
 * The kind of discrepancy: between a chain fact and the rules, between a settlement and reported usage, or between the
 * report of a closed period and the events that it was made from.
 */
public enum DiscrepancyKind {
  /** A chain fact broke a rule. */
  RULE_BROKEN("rule-broken"),
  SETTLEMENT_BOUNDARY(DifferenceKey.Kind.BOUNDARY.word()),
  SETTLEMENT_UNREPORTED(DifferenceKey.Kind.UNREPORTED.word()),
  USAGE_OVERDUE(DifferenceKey.Kind.OVERDUE.word()),
  /** Made again from its positions, a closed period's report has another hash. */
  PERIOD_REPORT_DIFFERS(ReportDifferenceKey.KIND);

  private final String word;

  DiscrepancyKind(String word) {
    this.word = word;
  }

  /** The word in JSON, SQL and parameters. */
  @JsonValue
  public String word() {
    return word;
  }

  /** @throws IllegalArgumentException for another word */
  public static DiscrepancyKind of(String word) {
    for (DiscrepancyKind kind : values()) {
      if (kind.word.equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("not a kind of discrepancy: " + word);
  }
}
