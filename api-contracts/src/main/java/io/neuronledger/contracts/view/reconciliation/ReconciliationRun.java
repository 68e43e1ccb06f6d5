package io.neuronledger.contracts.view.reconciliation;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import java.time.Instant;

/**
 * All owners' states compared with the contract's at one block.
 *
 * @param run names it, for ever
 * @param block at which both were compared
 * @param owners how many were compared
 * @param equal how many of them were equal
 * @param different how many were not, and were restated from the contract
 * @param held the coins that the contract of the ledgers held
 * @param owed what its ledgers said that it holds
 * @param covered whether it held what it owed
 * @param retracted whether the chain took the block back
 */
public record ReconciliationRun(String run, long block, int branch, Hash blockHash, Instant blockTime, long owners,
    long equal, long different, Neuron held, Neuron owed, boolean covered, boolean retracted) {}
