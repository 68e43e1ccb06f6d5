package io.neuronledger.contracts.view;

import io.neuronledger.contracts.value.WalletAddress;

/**
 * One open sub-account.
 *
 * @param quarantined whether a record of this owner is waiting for a person, so that the answer stands still
 */
public record SubAccountAnswer(AsOf asOf, boolean quarantined, WalletAddress owner, SubAccountView subAccount) {}
