package io.neuronledger.testkit.devchain.pool;

import io.neuronledger.contracts.value.Neuron;
import java.time.Instant;

/** @param unlocksAt the earliest time of a block in which it can be withdrawn */
public record PendingWithdrawal(Neuron amount, Instant unlocksAt) {}
