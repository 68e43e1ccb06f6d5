package io.neuronledger.cli.soak;

import io.neuronledger.cli.books.BooksComparison;
import io.neuronledger.testkit.devchain.proxy.NodeTrouble;
import java.util.List;
import java.util.Map;

/**
 * The result of a soak run.
 *
 * @param operations the number of sent transactions, many of them rejected by the contract
 * @param kills the number of killed processes
 * @param comparisons the number of comparisons, owners times blocks
 * @param published the number of events in {@code ledger.account-events.v1}
 * @param answers the number of the node's answers
 * @param altered the number of altered answers, by kind
 * @param mismatches each with block and both answers
 * @param discrepancies the ledger's own discrepancy records
 * @param faults gaps and duplicates in the published records, and in what a subscriber over HTTP has received of them,
 *     and what the receiver of webhooks lacks, or has received in another order or form
 * @param messages the messages of the webhooks
 * @param books the accounting journal beside the ledger and the contract
 */
public record SoakReport(long seed, int operations, int forks, int kills, long blocks, long comparisons, long published,
    int answers, Map<NodeTrouble.Way, Integer> altered, List<String> mismatches, List<String> discrepancies,
    List<String> faults, Messages messages, BooksComparison.Result books) {
  public SoakReport {
    altered = Map.copyOf(altered);
    mismatches = List.copyOf(mismatches);
    discrepancies = List.copyOf(discrepancies);
    faults = List.copyOf(faults);
  }

  /**
   * The messages of all webhooks, which have all events each.
   *
   * @param received the number of messages
   * @param repeated how many of them came again, under the same id
   */
  public record Messages(long received, long repeated) {}

  public boolean clean() {
    return mismatches.isEmpty() && discrepancies.isEmpty() && faults.isEmpty() && books.mismatches().isEmpty();
  }
}
