package io.neuronledger.contracts.view;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.Optional;

/**
 * A page of an owner's journal, newest first.
 *
 * @param quarantined whether a record of this owner is waiting for a person, so that the answer stands still
 * @param nextCursor asks for the older ones; absent on the last page
 */
public record EntriesPage(AsOf asOf, boolean quarantined, WalletAddress owner, List<EntryView> entries,
    Optional<String> nextCursor) {
  public EntriesPage {
    entries = List.copyOf(entries);
  }
}
