package io.neuronledger.indexer.decode.zerog.settlement;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import java.util.Optional;

/**
 * A settlement item for which the provider got nothing.
 *
 * @param contract the serving contract
 * @param status as the contract logs it
 * @param caller the provider that called; absent where no call shows it
 * @param named the provider that the item names; absent where the call was not seen
 */
public record RejectedItem(WalletAddress contract, WalletAddress user, int status, Optional<WalletAddress> caller,
    Optional<WalletAddress> named) {
  /** The sub-account from which the caller would be paid. */
  Optional<AccountKey> account() {
    return caller.map(provider -> new AccountKey(contract, user, provider));
  }
}
