package io.neuronledger.indexer.publish;

import java.util.Optional;

/**
 * One entry of the indexer's memory.
 *
 * @param value JSON; empty takes the entry out
 */
public record StateRecord(String key, Optional<String> value) {}
