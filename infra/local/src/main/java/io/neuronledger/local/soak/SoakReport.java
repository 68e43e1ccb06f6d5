package io.neuronledger.local.soak;

import java.util.List;

/**
 * What a soak did and found.
 *
 * @param operations transactions sent, many of them refused by the contract
 * @param kills how many processes were killed meanwhile
 * @param comparisons owners times blocks
 * @param published events in {@code ledger.account-events.v1}
 * @param mismatches each with block and both answers
 * @param discrepancies what the ledger itself reports as such
 * @param faults gaps and duplicates in what was published
 */
public record SoakReport(long seed, int operations, int forks, int kills, long blocks, long comparisons, long published,
    List<String> mismatches, List<String> discrepancies, List<String> faults) {
  public SoakReport {
    mismatches = List.copyOf(mismatches);
    discrepancies = List.copyOf(discrepancies);
    faults = List.copyOf(faults);
  }

  public boolean clean() {
    return mismatches.isEmpty() && discrepancies.isEmpty() && faults.isEmpty();
  }
}
