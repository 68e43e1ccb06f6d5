package io.neuronledger.contracts.view.usage;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;

/**
 * A provider's usage and settlements, over all owners. Settlements are as of the answer's block, usage is all that has
 * been reported so far.
 *
 * @param owners the number of owners with usage or a settlement
 * @param subAccounts the number of (owner, service) pairs with usage or a settlement
 * @param requests the number of requests that count against sub-accounts
 * @param used their fees
 * @param unverifiedUsed what was charged of them without unit prices
 * @param settled the amount that settlements took
 * @param writtenOff the amount that they asked for and did not receive
 * @param unsettled over the sub-accounts where used is more than settled and written off
 * @param unreported over the sub-accounts where it is less
 * @param routerRequests the number of requests through routers: a separate pool, in none of the sums above
 * @param routerUsed their fees
 * @param unverifiedRouterUsed what was charged of them without unit prices
 */
public record ProviderView(AsOf asOf, WalletAddress provider, long owners, long subAccounts, long requests,
    NeuronSum used, NeuronSum unverifiedUsed, NeuronSum settled, NeuronSum writtenOff, NeuronSum unsettled,
    NeuronSum unreported, long routerRequests, NeuronSum routerUsed, NeuronSum unverifiedRouterUsed) {}
