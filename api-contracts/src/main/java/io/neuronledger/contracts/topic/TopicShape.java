package io.neuronledger.contracts.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The declaration of a topic: the first service to start creates it, and a service that finds a different one reports
 * it. Plain data, so that services with different Kafka clients declare the same.
 *
 * @param settings by the broker's setting names; an existing topic receives these
 */
public record TopicShape(String name, PartitionRule rule, Map<String, String> settings) {
  /**
   * The largest record of a topic that the services write, in bytes, uncompressed. An owner's whole state is one
   * record: this leaves room for tens of thousands of refunds.
   */
  public static final int RECORD_BYTES_MAX = 8 << 20;

  private static final String RECORDS_MAX = String.valueOf(RECORD_BYTES_MAX);

  private static final Map<String, String> KEPT_FOR_EVER = Map.of("cleanup.policy", "delete", "retention.ms", "-1",
      "retention.bytes", "-1", "max.message.bytes", RECORDS_MAX);

  /** Compressed anew by the broker: some clients read no LZ4, by which services write. */
  private static final Map<String, String> READ_BY_ANY_CLIENT = with(KEPT_FOR_EVER, "compression.type", "gzip");

  /** The newest record of each key. Small segments, cleaned early: some topics are read in full at each start. */
  private static final Map<String, String> NEWEST_KEPT = Map.of("cleanup.policy", "compact",
      "segment.bytes", String.valueOf(4 << 20), "min.cleanable.dirty.ratio", "0.1",
      "max.message.bytes", RECORDS_MAX);

  /** The newest record of each key, of the last day: each start of an instance adds a key. */
  private static final Map<String, String> NEWEST_OF_A_DAY = Map.of("cleanup.policy", "compact,delete",
      "retention.ms", String.valueOf(Duration.ofDays(1).toMillis()),
      "segment.ms", String.valueOf(Duration.ofHours(1).toMillis()),
      "min.cleanable.dirty.ratio", "0.1", "max.message.bytes", RECORDS_MAX);

  private static final Map<String, String> KEPT_FOR_30_DAYS = Map.of("cleanup.policy", "delete",
      "retention.ms", String.valueOf(Duration.ofDays(30).toMillis()), "retention.bytes", "-1");

  /** Of the access log, where nothing else is set. */
  public static final Duration ACCESS_LOG_RETENTION = Duration.ofDays(400);

  /** Every topic of a deployment. */
  public static final List<TopicShape> ALL = List.of(
      new TopicShape(Topics.CHAIN_EVENTS, PartitionRule.DEPLOYMENT, KEPT_FOR_EVER),
      new TopicShape(Topics.CHAIN_EVENTS_DEAD, PartitionRule.DEPLOYMENT, KEPT_FOR_EVER),
      new TopicShape(Topics.BLOCKS, PartitionRule.ONE, KEPT_FOR_EVER),
      new TopicShape(Topics.INDEXER_STATE, PartitionRule.ONE, NEWEST_KEPT),
      new TopicShape(Topics.FOLLOWING, PartitionRule.ONE, NEWEST_OF_A_DAY),
      new TopicShape(Topics.ACCOUNT_EVENTS, PartitionRule.DEPLOYMENT, KEPT_FOR_EVER),
      new TopicShape(Topics.ACCOUNT_EVENTS_DEAD, PartitionRule.DEPLOYMENT, KEPT_FOR_EVER),
      new TopicShape(Topics.PUBLIC_EVENTS, PartitionRule.DEPLOYMENT, READ_BY_ANY_CLIENT),
      new TopicShape(Topics.ALERTS, PartitionRule.DEPLOYMENT, READ_BY_ANY_CLIENT),
      new TopicShape(Topics.PUBLISHED_POSITIONS, PartitionRule.DEPLOYMENT, NEWEST_KEPT),
      new TopicShape(Topics.API_KEYS, PartitionRule.ONE, NEWEST_KEPT),
      accessLog(ACCESS_LOG_RETENTION),
      new TopicShape(Topics.API_KEY_USES, PartitionRule.ONE, NEWEST_KEPT),
      new TopicShape(Topics.USAGE_REPORTS, PartitionRule.ANY, KEPT_FOR_30_DAYS),
      new TopicShape(Topics.USAGE_REJECTS, PartitionRule.ANY, KEPT_FOR_30_DAYS));

  /** How many partitions a topic has. */
  public enum PartitionRule {
    /** As many as the deployment; a topic with another number belongs to another deployment and must not be used. */
    DEPLOYMENT,
    /** Exactly one. */
    ONE,
    /** One for each service: {@link AccessLogPartition}. */
    SERVICES,
    /** Any number; as many as the deployment where this declaration creates the topic. */
    ANY
  }

  public TopicShape {
    settings = Map.copyOf(settings);
  }

  private static Map<String, String> with(Map<String, String> settings, String name, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(name, value);
    return Map.copyOf(more);
  }

  /** @throws IllegalArgumentException if no topic has that name */
  public static TopicShape of(String name) {
    return ALL.stream().filter(shape -> shape.name.equals(name)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no topic is called " + name));
  }

  /** The access log's, with another retention. A segment is a day, so that no record stays much longer than that. */
  public static TopicShape accessLog(Duration retention) {
    return new TopicShape(Topics.ACCESS_LOG, PartitionRule.SERVICES, Map.of("cleanup.policy", "delete",
        "retention.ms", String.valueOf(retention.toMillis()), "retention.bytes", "-1",
        "segment.ms", String.valueOf(Duration.ofDays(1).toMillis())));
  }

  /** The same shape under another name. */
  public TopicShape named(String other) {
    return new TopicShape(other, rule, settings);
  }

  /** The number of partitions at creation. */
  public int count(Partitions partitions) {
    return switch (rule) {
      case ONE -> 1;
      case SERVICES -> AccessLogPartition.values().length;
      case DEPLOYMENT, ANY -> partitions.count();
    };
  }

  /** Whether an existing topic with {@code found} partitions can be used. */
  public boolean allows(int found, Partitions partitions) {
    return rule == PartitionRule.ANY || found == count(partitions);
  }
}
