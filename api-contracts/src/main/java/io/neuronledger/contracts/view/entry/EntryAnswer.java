package io.neuronledger.contracts.view.entry;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.settlement.SettlementView;
import io.neuronledger.contracts.view.usage.UsageEntry;
import java.util.List;
import java.util.Optional;

/**
 * One entry of a journal with what caused it and what followed.
 *
 * @param quarantined whether the owner is quarantined: its answers stay at an earlier block until an operator acts
 * @param sameTransaction the owner's other entries of the same transaction, in their order; the first 50
 * @param sameTransactionHasMore whether the owner has more of them: list the transaction's entries
 * @param refundRequests the entries that requested the refunds that this entry made claimable, locked, paid or reduced
 * @param retractedBy the entry that took this one back; present where it is retracted
 * @param discrepancies what broke a rule at the same position on the chain
 * @param resolutions how these discrepancies and those of the settlement were resolved, oldest first
 * @param corrections the owner's other entries about the same request, in their order: its report, its reversal, the
 *     report that it replaces and the one that replaced it; the first 50
 * @param settlement how the settlement was matched; absent for other types, and until its block is sealed
 * @param matchedRequests a page of the requests that the settlement covers, in the order of matching
 * @param hasMore whether it covers more
 * @param nextCursor the cursor of the next page of them; present where it covers more
 */
public record EntryAnswer(AsOf asOf, boolean quarantined, WalletAddress owner, EntryView entry,
    List<EntryView> sameTransaction, boolean sameTransactionHasMore, List<EntryView> refundRequests,
    Optional<EntryView> retractedBy, List<Discrepancy> discrepancies, List<EntryView.Resolution> resolutions,
    List<EntryView> corrections, Optional<SettlementView> settlement, List<UsageEntry> matchedRequests,
    boolean hasMore, Optional<String> nextCursor) {
  public EntryAnswer {
    sameTransaction = List.copyOf(sameTransaction);
    refundRequests = List.copyOf(refundRequests);
    discrepancies = List.copyOf(discrepancies);
    resolutions = List.copyOf(resolutions);
    corrections = List.copyOf(corrections);
    matchedRequests = List.copyOf(matchedRequests);
  }

  /**
   * A broken rule.
   *
   * @param expected what the rule allows, as readable text
   * @param actual what the chain reported, as readable text
   */
  public record Discrepancy(String key, String rule, String expected, String actual, boolean retracted) {}
}
