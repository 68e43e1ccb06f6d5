package io.neuronledger.contracts.view.usage;

import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * An operator's decision about a discrepancy.
 *
 * @param amount the difference between settlements and usage, for which alone the decision holds
 * @param by the operator's name, as given
 * @param at the time by the service's clock
 * @param token a read with it sees the decision
 */
public record DiscrepancyResolution(String key, WalletAddress owner, Optional<NeuronSum> amount, String reason,
    String by, Instant at, WriteToken token) {}
