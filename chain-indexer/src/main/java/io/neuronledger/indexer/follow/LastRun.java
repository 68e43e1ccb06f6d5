package io.neuronledger.indexer.follow;

import io.neuronledger.contracts.value.Hash;
import java.time.Instant;

/**
 * The newest reconciliation. Stored with its records.
 *
 * @param block behind whose seal it stands
 * @param nextStep the next free step behind that seal: somebody may ask for another run there
 * @param at by our clock
 */
public record LastRun(String run, Hash block, int nextStep, Instant at) {}
