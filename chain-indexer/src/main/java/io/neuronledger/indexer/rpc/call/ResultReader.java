package io.neuronledger.indexer.rpc.call;

import tools.jackson.core.JsonParser;

/** Reads one JSON-RPC result from the stream, without a tree: parsing dominates the cost of indexing. */
@FunctionalInterface
public interface ResultReader<T> {
  /**
   * @param parser at the result's first token; on return at its last
   * @throws IllegalArgumentException if the result does not have the call's form
   */
  T read(JsonParser parser);
}
