package io.neuronledger.contracts.period;

import io.neuronledger.contracts.value.Excerpt;

/**
 * The key of a discrepancy: a closed period's report, made again from its positions, has another hash. Text:
 * {@code period-report-differs:2026-10:<hash>}, with the hash by which the period is closed.
 */
public record ReportDifferenceKey(AccountingPeriod period, ReportHash closedBy) {
  /** The word of its kind, with which the key begins. */
  public static final String KIND = "period-report-differs";
  private static final int PARTS = 3;

  /** Whether it names a discrepancy of this kind, well-formed or not. */
  public static boolean looksLike(String key) {
    return key.startsWith(KIND + ":");
  }

  /** @throws IllegalArgumentException unless it has the form of {@link #toString} */
  public static ReportDifferenceKey parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != PARTS || !parts[0].equals(KIND)) {
      throw new IllegalArgumentException("not the key of a report that differs: " + Excerpt.of(text));
    }
    return new ReportDifferenceKey(AccountingPeriod.parse(parts[1]), new ReportHash(parts[2]));
  }

  @Override
  public String toString() {
    return KIND + ":" + period + ":" + closedBy;
  }
}
