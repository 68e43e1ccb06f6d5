package io.neuronledger.command.account;

import io.neuronledger.contracts.event.Cause;

/**
 * What a deadline tells a ledger: the chain's clock has come to {@code cause.blockTime}, by these terms.
 *
 * @param cause the seal, or whatever brought the time
 */
public record BlockTimeReached(Cause cause, ServiceTerms terms) {}
