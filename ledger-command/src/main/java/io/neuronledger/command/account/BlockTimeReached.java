package io.neuronledger.command.account;

import io.neuronledger.contracts.event.Cause;

/**
 * The payload of a lock deadline: block time has reached {@code cause.blockTime}.
 *
 * @param cause the chain event with that block time, as a rule a block's seal
 * @param terms the lock periods in force then
 */
public record BlockTimeReached(Cause cause, ServiceTerms terms) {}
