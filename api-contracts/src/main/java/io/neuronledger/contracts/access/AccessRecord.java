package io.neuronledger.contracts.access;

import io.neuronledger.contracts.value.Hash;
import java.time.Instant;
import java.util.UUID;

/**
 * A record of {@code ledger.access-log.v1}.
 *
 * @param chain of one run of one instance
 * @param seq within the chain, from 1, without a gap
 * @param previous the hash of the chain's record before; of its first record the hash that {@code Started} explains
 * @param at when it was recorded, by the service's clock, in milliseconds
 */
public record AccessRecord(UUID chain, long seq, Hash previous, Instant at, AccessEntry entry) {
  /** The name of the header with the hash of the record: 32 bytes. */
  public static final String HASH = "hash";
}
