package io.neuronledger.contracts.view.usage;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;

/**
 * What a provider served and what it was paid, over all owners. The chain's part stands at the answer's block, usage is
 * all that has been reported by now.
 *
 * @param owners with usage or a settlement
 * @param subAccounts (owner, service) pairs with usage or a settlement
 * @param requests that count against sub-accounts
 * @param used their fees
 * @param settled what settlements took
 * @param writtenOff what they asked for and did not get
 * @param unsettled over the sub-accounts where used is more than settled and written off
 * @param unreported over the sub-accounts where it is less
 * @param routerRequests served through routers: a pool of its own, in none of the sums before
 * @param routerUsed their fees
 */
public record ProviderView(AsOf asOf, WalletAddress provider, long owners, long subAccounts, long requests,
    NeuronSum used, NeuronSum settled, NeuronSum writtenOff, NeuronSum unsettled, NeuronSum unreported,
    long routerRequests, NeuronSum routerUsed) {}
