package io.neuronledger.wallet.plan;

import io.neuronledger.contracts.value.Neuron;
import java.time.Instant;

/**
 * A part of a sub-account's balance that is asked back.
 *
 * @param unlocksAt by the lock period in force
 * @param claimable whether its lock has passed at the block of the holdings
 */
public record PendingRefund(Neuron amount, Instant requestedAt, Instant unlocksAt, boolean claimable) {}
