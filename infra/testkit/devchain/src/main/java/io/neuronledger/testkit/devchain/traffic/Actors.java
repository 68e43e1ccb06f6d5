package io.neuronledger.testkit.devchain.traffic;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.contract.BatcherContract;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The wallets of random traffic.
 *
 * @param admin the owner of AccountLedger, and of the batcher where there is one
 * @param owners wallets with ledgers
 * @param providers wallets that settle; an owner may be one too
 * @param batcher a contract that is an owner and a provider, with several operations in one transaction
 */
public record Actors(DevWallet admin, List<DevWallet> owners, List<DevWallet> providers,
    Optional<BatcherContract> batcher) {
  public Actors {
    owners = List.copyOf(owners);
    providers = List.copyOf(providers);
  }

  /** All wallets that may have a ledger. */
  public List<WalletAddress> ledgerOwners() {
    return withBatcher(owners);
  }

  /** All wallets to which an owner may transfer. */
  List<WalletAddress> served() {
    return withBatcher(providers);
  }

  private List<WalletAddress> withBatcher(List<DevWallet> wallets) {
    List<WalletAddress> all = new ArrayList<>(wallets.stream().map(DevWallet::address).toList());
    batcher.ifPresent(contract -> all.add(contract.address()));
    return List.copyOf(all);
  }
}
