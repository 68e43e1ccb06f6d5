package io.neuronledger.contracts.view.runway;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.util.List;
import java.util.Optional;

/**
 * A page of the sub-accounts in use that are refused, or may be soon; the soonest first.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record AtRiskPage(AsOf asOf, List<Line> subAccounts, boolean hasMore, Optional<String> nextCursor) {
  public AtRiskPage {
    subAccounts = List.copyOf(subAccounts);
  }

  /**
   * @param quarantined whether the owner is quarantined: its balance stays at an earlier block until an operator acts
   */
  public record Line(WalletAddress owner, WalletAddress provider, ServiceName service, boolean quarantined,
      @JsonUnwrapped RunwayView runway) {}
}
