package io.neuronledger.contracts.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.Optional;

/**
 * A page of active refunds of all owners, by owner, service, provider and age.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record RefundsPage(AsOf asOf, List<Line> refunds, boolean hasMore, Optional<String> nextCursor) {
  public RefundsPage {
    refunds = List.copyOf(refunds);
  }

  /**
   * @param quarantined whether the owner is quarantined: its refunds stay at an earlier block until an operator acts
   */
  public record Line(WalletAddress owner, WalletAddress provider, ServiceName service, boolean quarantined,
      @JsonUnwrapped RefundView refund) {}
}
