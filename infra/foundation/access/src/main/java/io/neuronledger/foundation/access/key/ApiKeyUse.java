package io.neuronledger.foundation.access.key;

import java.time.Instant;

/**
 * A record of {@code ledger.api-key-uses.v1}.
 *
 * @param id of the API key
 * @param service that has accepted it
 * @param at by the service's clock, in milliseconds; it may have accepted it again within the next minute
 */
public record ApiKeyUse(String id, String service, Instant at) {
  /** The key of the record in the compacted topic. */
  public String key() {
    return id + " " + service;
  }
}
