package io.neuronledger.contracts.view.entry;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.util.List;
import java.util.Optional;

/**
 * A page of the entries of all owners that one transaction or one block caused, by partition and seq.
 *
 * @param hasMore whether there are more
 * @param nextCursor the cursor of the next page; present where there are more
 */
public record OwnedEntriesPage(AsOf asOf, List<Line> entries, boolean hasMore, Optional<String> nextCursor) {
  public OwnedEntriesPage {
    entries = List.copyOf(entries);
  }

  /** @param quarantined whether the owner is quarantined: its entries end at an earlier block until an operator acts */
  public record Line(WalletAddress owner, boolean quarantined, @JsonUnwrapped EntryView entry) {}
}
