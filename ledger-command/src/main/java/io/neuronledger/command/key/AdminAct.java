package io.neuronledger.command.key;

import java.time.Instant;

/**
 * What somebody did who administers the ledger.
 *
 * @param by the subject of the credential
 * @param from the address of the network from which the request came; a proxy's, where there is one
 * @param at by the service's clock, in milliseconds
 */
public record AdminAct(String by, String from, Instant at) {}
