package io.neuronledger.contracts.view.entry;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.util.List;
import java.util.Optional;

/**
 * A page of an owner's journal, newest first.
 *
 * @param quarantined whether the owner is quarantined: its answers stay at an earlier block until an operator acts
 * @param nextCursor the cursor of the next, older page; absent on the last page
 */
public record EntriesPage(AsOf asOf, boolean quarantined, WalletAddress owner, List<EntryView> entries,
    Optional<String> nextCursor) {
  public EntriesPage {
    entries = List.copyOf(entries);
  }
}
