package io.neuronledger.contracts.view.runway;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.util.List;

/**
 * How long an owner's sub-accounts last.
 *
 * @param quarantined whether the owner is quarantined: its answers stay at an earlier block until an operator acts
 * @param subAccounts the open ones, by service, then provider
 */
public record RunwayAnswer(AsOf asOf, boolean quarantined, WalletAddress owner, List<SubAccount> subAccounts) {
  public RunwayAnswer {
    subAccounts = List.copyOf(subAccounts);
  }

  /** One of them. */
  public record SubAccount(WalletAddress provider, ServiceName service, @JsonUnwrapped RunwayView runway) {}
}
