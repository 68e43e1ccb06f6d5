package io.neuronledger.contracts.event;

import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import java.time.Instant;
import java.util.Optional;

/**
 * The chain fact behind an account event: where, on which branch, when, and how it is known.
 *
 * @param evidence absent where the passing of block time is the cause ({@code RefundClaimable} at a seal)
 */
public record Cause(ChainPosition position, int branch, Hash blockHash, Instant blockTime,
    Optional<Evidence> evidence) {}
