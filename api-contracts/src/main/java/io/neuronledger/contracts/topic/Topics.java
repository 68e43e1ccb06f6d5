package io.neuronledger.contracts.topic;

/**
 * The topics, each with writer, reader, key, order and retention. Services declare them at start-up as
 * {@link TopicShape} defines.
 */
public final class Topics {
  /**
   * Chain events. From chain-indexer, for ledger-command. Key: the owner's address, none on broadcasts.
   * Partition: the owner's partition. Value: {@link ChainRecord} as JSON, {@code seq} contiguous per partition. Exactly
   * once for readers of committed records. Kept for ever.
   */
  public static final String CHAIN_EVENTS = "ledger.chain-events.v1";

  /**
   * The blocks, each once and also where no partition has a record of it. From chain-indexer, for ledger-query.
   * No key. One partition. Value: {@link BlocksRecord} as JSON, {@code seq} contiguous, one record in each Kafka
   * transaction that has chain events or blocks. Exactly once for readers of committed records. Kept for ever.
   */
  public static final String BLOCKS = "ledger.blocks.v1";

  /**
   * The indexer's state: its cursor and its decoder's state, written in the same Kafka transaction as the events up to
   * them. One partition; the instance assigned to it leads. Compacted.
   */
  public static final String INDEXER_STATE = "ledger.indexer-state.v1";

  /**
   * The indexing state of chain-indexer: state, last published block and block guards. From chain-indexer, for
   * ledger-query. Key: the instance, a UUID. Value: {@code FollowingReport} as JSON, when it changes and every 10
   * seconds, from the instance that leads and from one that has halted. One partition. Compacted, and deleted after a
   * day.
   */
  public static final String FOLLOWING = "ledger.following.v1";

  /**
   * Account events. From ledger-command, for ledger-query. Key: the owner's
   * address, none on broadcasts. Partition: the owner's partition. Value: {@link AccountRecord} as JSON, {@code seq}
   * contiguous per partition. Headers: {@code type}, the event's stored name, and {@code hash} ({@link RecordHash}).
   * Exactly once for readers of committed records. Kept for ever.
   */
  public static final String ACCOUNT_EVENTS = "ledger.account-events.v1";

  /**
   * Owners' events, for subscribers, and for ledger-query, which passes them on over HTTP: what
   * {@link #ACCOUNT_EVENTS} has of owners, in the same order. From ledger-command, in the same Kafka transaction.
   * Key: the owner's address. Partition: the owner's partition.
   * Value: JSON as {@code asyncapi/public-events.v1.yaml} describes it, {@code seq} contiguous per partition, a
   * numbering of its own. Headers: those of a CloudEvent in binary mode, {@code ce_type} is the event's stored name.
   * Exactly once for readers of committed records. Kept for ever.
   */
  public static final String PUBLIC_EVENTS = "ledger.public-events.v1";

  /**
   * Alerts, for subscribers, and for ledger-query, which passes them on over HTTP. From ledger-query. Key: the address
   * of the owner whom it is about, empty where it is about none. Partition: the owner's, or 0. Value: JSON as
   * {@code asyncapi/alerts.v1.yaml} describes it, {@code seq} contiguous per partition. Headers: those of a CloudEvent
   * in binary mode. At least once, an alert that comes again under the same number. Kept for ever.
   */
  public static final String ALERTS = "ledger.alerts.v1";

  /**
   * The last published position of each partition of the event store, written in the same Kafka transaction as the
   * events. Key: the partition's number. Compacted; as many partitions as the deployment.
   */
  public static final String PUBLISHED_POSITIONS = "ledger.published-positions.v1";

  /** Copies of chain events that ledger-command could not process; the originals are parked in its database. */
  public static final String CHAIN_EVENTS_DEAD = CHAIN_EVENTS + ".ledger-command.dlt";

  /** Copies of account events that ledger-query could not process; the originals are parked in its database. */
  public static final String ACCOUNT_EVENTS_DEAD = ACCOUNT_EVENTS + ".ledger-query.dlt";

  /**
   * Served requests. From providers and routers, for ledger-command. Any key and any partitioner: a report is
   * accepted once by its provider and request id, in any order. Value: {@code UsageReport} as JSON, as a CloudEvent in
   * binary mode (headers {@code ce_specversion}, {@code ce_id}, {@code ce_source}, {@code ce_type}). Kept for 30 days:
   * accepted ones are in the event store.
   */
  public static final String USAGE_REPORTS = "ledger.usage-reports.v1";

  /** The {@code ce_type} of a record of {@link #USAGE_REPORTS}. */
  public static final String USAGE_REPORT_TYPE = "usage-report.v1";

  /**
   * Usage reports that were refused, each once: the original key, value and headers, and the headers {@code refusal}
   * (a stable code), {@code refusal_detail}, {@code refused_partition} and {@code refused_offset}. Kept for 30 days.
   */
  public static final String USAGE_REJECTS = "ledger.usage-rejects.v1";

  /**
   * The API keys: the newest state of each, with the hash of its secret, and a sign of life every 10 seconds, each
   * written in a Kafka transaction. From the instance of ledger-command that leads in this, for all three services,
   * which read the topic from its beginning without a group. Key: the API key's id, or {@code sign-of-life}. Value:
   * JSON, {@code type} is {@code valid}, {@code revoked} or {@code sign-of-life}. One partition. Compacted.
   */
  public static final String API_KEYS = "ledger.api-keys.v1";

  /**
   * Who has asked for what belongs to finance and to administrators, and how that ended. From all three services, for
   * ledger-query. No key. One partition for each service, as {@link AccessLogPartition} says. Value: {@code
   * AccessRecord} as JSON. Header {@code hash}: {@link RecordHash} of the value after the hash that it names as
   * {@code previous}; the records of each run of an instance are a chain of their own. Kept for 400
   * days, or as ledger-query is set.
   */
  public static final String ACCESS_LOG = "ledger.access-log.v1";

  /**
   * When an API key was last accepted, by each service, at most once a minute and instance; a report may be lost.
   * From all three services, for ledger-command. Key: the API key's id, a space, the service. Value: JSON. One
   * partition. Compacted.
   */
  public static final String API_KEY_USES = "ledger.api-key-uses.v1";

  private Topics() {}
}
