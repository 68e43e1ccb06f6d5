package io.neuronledger.contracts.view.usage;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The Router's {@code /v1/account/usage/stats}.
 *
 * @param promptTokens all input tokens
 * @param totalCost in neuron
 * @param unverifiedCost what was charged of it without unit prices, in neuron
 */
public record AccountUsageStats(AsOf asOf, WalletAddress address, Optional<LocalDate> startDate,
    Optional<LocalDate> endDate, long totalRequests, BigInteger totalTokens, BigInteger promptTokens,
    BigInteger completionTokens, NeuronSum totalCost, NeuronSum unverifiedCost) {}
