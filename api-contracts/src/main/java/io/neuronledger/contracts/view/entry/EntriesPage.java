package io.neuronledger.contracts.view.entry;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A page of an owner's journal: what the chain caused, usage reports and their reversals, and resolutions, in the order
 * that was asked for.
 *
 * @param quarantined whether the owner is quarantined: its answers stay at an earlier block until an operator acts
 * @param entries at most as many as asked for; fewer, or none, also where the page ends because it has looked at as
 *     many lines as one page may
 * @param count all entries of the filter, of all pages; absent unless asked for
 * @param hasMore whether there may be more: the journal was not read to its end
 * @param nextCursor the cursor of the next page; present where there may be more
 */
public record EntriesPage(AsOf asOf, boolean quarantined, WalletAddress owner, List<EntryView> entries,
    OptionalLong count, boolean hasMore, Optional<String> nextCursor) {
  public EntriesPage {
    entries = List.copyOf(entries);
  }
}
