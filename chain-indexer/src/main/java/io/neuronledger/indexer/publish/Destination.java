package io.neuronledger.indexer.publish;

import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import java.util.List;

/**
 * The topics of one indexer, and its identity.
 *
 * @param replicas of each topic that is created; or {@link TopicDeclaration#REPLICAS_DEFAULT}
 * @param identity the consumer group and transactional id, shared by all instances of one deployment
 */
public record Destination(String events, String blocks, String state, String reports, int replicas,
    String identity) {
  /** The production topics: a Kafka cluster holds one deployment. */
  public static Destination standard(int replicas) {
    return new Destination(Topics.CHAIN_EVENTS, Topics.BLOCKS, Topics.INDEXER_STATE, Topics.FOLLOWING, replicas,
        "chain-indexer");
  }

  /** The topics, in their declared shapes. */
  public List<TopicShape> topics() {
    return List.of(TopicShape.of(Topics.CHAIN_EVENTS).named(events), TopicShape.of(Topics.BLOCKS).named(blocks),
        TopicShape.of(Topics.INDEXER_STATE).named(state), TopicShape.of(Topics.FOLLOWING).named(reports));
  }
}
