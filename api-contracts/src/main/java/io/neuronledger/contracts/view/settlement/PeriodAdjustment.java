package io.neuronledger.contracts.view.settlement;

import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Optional;

/**
 * What became known of a closed period after it was closed, and is part of a later period's report: late reports,
 * corrections, and what a fork replaced. Each value may be negative.
 *
 * @param period the closed period that it belongs to
 * @param owner absent where it covers all owners of the provider
 * @param service absent where it covers all services
 * @param used fees of requests completed in that period
 * @param unverifiedUsed what was charged of them without unit prices
 * @param settled what settlements in its blocks took
 * @param writtenOff what they did not receive
 * @param requests the number of those requests
 * @param settlements the number of those settlements
 */
public record PeriodAdjustment(AccountingPeriod period, WalletAddress provider, Optional<WalletAddress> owner,
    Optional<ServiceName> service, NeuronSum used, NeuronSum unverifiedUsed, NeuronSum settled, NeuronSum writtenOff,
    long requests, long settlements) {}
