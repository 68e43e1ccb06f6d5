package io.neuronledger.indexer.publish;

import io.neuronledger.contracts.event.Topics;

/**
 * Where one indexer writes, and under which name.
 *
 * @param identity consumer group and transactional id: all instances of one deployment share it
 */
public record Destination(String events, String state, String reports, String identity) {
  /** What production uses: a Kafka cluster holds one deployment. */
  public static final Destination STANDARD =
      new Destination(Topics.CHAIN_EVENTS, Topics.INDEXER_STATE, Topics.FOLLOWING, "chain-indexer");
}
