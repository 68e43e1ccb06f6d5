package io.neuronledger.contracts.view;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/**
 * An owner's open sub-accounts.
 *
 * @param quarantined whether a record of this owner is waiting for a person, so that the answer stands still
 * @param subAccounts by service, then provider
 */
public record SubAccountsAnswer(AsOf asOf, boolean quarantined, WalletAddress owner,
    List<SubAccountView> subAccounts) {
  public SubAccountsAnswer {
    subAccounts = List.copyOf(subAccounts);
  }
}
