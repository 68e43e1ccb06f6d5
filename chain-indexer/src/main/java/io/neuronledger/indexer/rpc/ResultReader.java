package io.neuronledger.indexer.rpc;

import tools.jackson.core.JsonParser;

/** Reads one JSON-RPC result straight from the stream, without a tree between: parsing is what indexing costs. */
@FunctionalInterface
public interface ResultReader<T> {
  /**
   * @param parser stands on the result's first token; on return it stands on its last
   * @throws IllegalArgumentException if the result is not what the call promises
   */
  T read(JsonParser parser);
}
