package io.neuronledger.contracts.view.reconciliation;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import java.time.Instant;

/**
 * A comparison of all owners' states with the contract's at one block.
 *
 * @param run the run's name, permanent
 * @param block the block of the comparison
 * @param owners the number of compared owners
 * @param equal the number of owners with equal states
 * @param different the number of owners with different states, restated from the contract
 * @param held the native balance of the ledgers' contract
 * @param owed the sum of its ledgers
 * @param covered whether {@code held} covers {@code owed}
 * @param retracted whether the chain retracted the block
 */
public record ReconciliationRun(String run, long block, int branch, Hash blockHash, Instant blockTime, long owners,
    long equal, long different, Neuron held, Neuron owed, boolean covered, boolean retracted) {}
