package io.neuronledger.indexer.follow.state;

import io.neuronledger.contracts.value.Hash;
import java.time.Instant;

/**
 * The newest reconciliation. Stored with its records.
 *
 * @param block the block whose seal it follows
 * @param nextStep the next free step after that seal: another run may be requested there
 * @param at by this machine's clock
 */
public record LastRun(String run, Hash block, int nextStep, Instant at) {}
