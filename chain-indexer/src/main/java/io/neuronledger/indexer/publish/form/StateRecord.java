package io.neuronledger.indexer.publish.form;

import java.util.Optional;

/**
 * One entry of the indexer's state.
 *
 * @param value JSON; empty removes the entry
 */
public record StateRecord(String key, Optional<String> value) {}
