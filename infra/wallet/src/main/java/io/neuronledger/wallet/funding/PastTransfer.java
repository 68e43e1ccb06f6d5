package io.neuronledger.wallet.funding;

import io.neuronledger.contracts.value.Neuron;
import java.time.Instant;

/**
 * A transfer of the owner to a sub-account, as the ledger has it.
 *
 * @param time of its block
 * @param amount with what went into cancelling refunds
 */
public record PastTransfer(Instant time, Neuron amount) {}
