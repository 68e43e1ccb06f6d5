package io.neuronledger.contracts.view.usage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.price.PriceCheck;
import java.util.List;
import java.util.Optional;

/**
 * A page of an owner's usage, newest first.
 *
 * @param quarantined whether the owner is quarantined: its chain state stays at an earlier block until an operator acts
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next, older page; absent on the last page
 */
public record UsagePage(AsOf asOf, boolean quarantined, WalletAddress owner, List<Line> usage,
    boolean hasMore, Optional<String> nextCursor) {
  public UsagePage {
    usage = List.copyOf(usage);
  }

  /**
   * @param assigned whether the sub-account it counts against was ever opened; absent for usage through a router, which
   *     counts against none
   * @param priceCheck its prices and the published ones; absent for usage through a router, which has its own prices
   */
  public record Line(@JsonUnwrapped UsageEntry request, Optional<Boolean> assigned, Optional<PriceCheck> priceCheck) {}
}
