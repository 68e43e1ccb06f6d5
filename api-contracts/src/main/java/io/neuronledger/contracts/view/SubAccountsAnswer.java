package io.neuronledger.contracts.view;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/**
 * An owner's open sub-accounts.
 *
 * @param quarantined whether the owner is quarantined: its answers stay at an earlier block until an operator acts
 * @param subAccounts by service, then provider
 */
public record SubAccountsAnswer(AsOf asOf, boolean quarantined, WalletAddress owner,
    List<SubAccountView> subAccounts) {
  public SubAccountsAnswer {
    subAccounts = List.copyOf(subAccounts);
  }
}
