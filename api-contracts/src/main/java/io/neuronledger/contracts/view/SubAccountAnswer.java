package io.neuronledger.contracts.view;

import io.neuronledger.contracts.value.WalletAddress;

/**
 * One open sub-account.
 *
 * @param quarantined whether the owner is quarantined: its answers stay at an earlier block until an operator acts
 */
public record SubAccountAnswer(AsOf asOf, boolean quarantined, WalletAddress owner, SubAccountView subAccount) {}
