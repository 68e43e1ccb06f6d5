package io.neuronledger.contracts.view.directory;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page of the providers with usage or settlements, by address.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record ProvidersPage(AsOf asOf, List<Line> providers, boolean hasMore, Optional<String> nextCursor) {
  public ProvidersPage {
    providers = List.copyOf(providers);
  }

  /**
   * One provider.
   *
   * @param lastUsedHour the start of the last hour, UTC, in which a reported request was completed
   * @param lastSettledAt the block time of its last settlement up to the answer's block
   */
  public record Line(WalletAddress provider, Optional<Instant> lastUsedHour, Optional<Instant> lastSettledAt) {}
}
