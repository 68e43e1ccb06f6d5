package io.neuronledger.local.soak;

import io.neuronledger.infra.devchain.proxy.NodeTrouble;
import java.util.List;
import java.util.Map;

/**
 * What a soak did and found.
 *
 * @param operations transactions sent, many of them refused by the contract
 * @param kills how many processes were killed meanwhile
 * @param comparisons owners times blocks
 * @param published events in {@code ledger.account-events.v1}
 * @param answers of the node, where some were spoilt
 * @param spoilt how many of them, by how
 * @param mismatches each with block and both answers
 * @param discrepancies what the ledger itself reports as such
 * @param faults gaps and duplicates in what was published
 */
public record SoakReport(long seed, int operations, int forks, int kills, long blocks, long comparisons, long published,
    int answers, Map<NodeTrouble.Way, Integer> spoilt, List<String> mismatches, List<String> discrepancies,
    List<String> faults) {
  public SoakReport {
    spoilt = Map.copyOf(spoilt);
    mismatches = List.copyOf(mismatches);
    discrepancies = List.copyOf(discrepancies);
    faults = List.copyOf(faults);
  }

  public boolean clean() {
    return mismatches.isEmpty() && discrepancies.isEmpty() && faults.isEmpty();
  }
}
