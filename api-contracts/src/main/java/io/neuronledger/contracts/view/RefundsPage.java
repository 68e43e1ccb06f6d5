package io.neuronledger.contracts.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.Optional;

/**
 * A page of active refunds of all owners, by owner, service, provider and age.
 *
 * @param nextCursor asks for the following ones; absent on the last page
 */
public record RefundsPage(AsOf asOf, List<Line> refunds, Optional<String> nextCursor) {
  public RefundsPage {
    refunds = List.copyOf(refunds);
  }

  /** @param quarantined whether a record of this owner is waiting for a person, so that the refund stands still */
  public record Line(WalletAddress owner, WalletAddress provider, ServiceName service, boolean quarantined,
      @JsonUnwrapped RefundView refund) {}
}
