package io.neuronledger.wallet.funding;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a simulation has done with one sub-account in one UTC day.
 *
 * @param funded the sum of its transfers
 * @param transfers how many
 * @param used the fees of the requests
 * @param lowest the least that was spendable, negative where more was used than was there
 * @param refusedRequests those whose fee was above what was spendable
 * @param firstRefused when the first of them came
 * @param notFunded why it was not funded, the last time that it needed to be; empty where it always was
 */
public record SimulatedDay(LocalDate day, FundingRule rule, Neuron funded, int transfers, NeuronSum used,
    NeuronSum lowest, int refusedRequests, Optional<Instant> firstRefused, Optional<String> notFunded) {}
