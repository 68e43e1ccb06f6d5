package io.neuronledger.contracts.event;

/**
 * The topics, each with who writes, who reads, key, order and retention. Created by declaration at start-up; the
 * partition count of the three lane topics is the deployment's {@link Lanes}.
 */
public final class Topics {
  /**
   * What happened on the chain. From chain-indexer, for ledger-command. Key: the owner's address, none on broadcasts.
   * Partition: the owner's lane. Value: {@link ChainRecord} as JSON, {@code seq} contiguous per partition. Exactly once
   * for readers of committed records. Kept for ever.
   */
  public static final String CHAIN_EVENTS = "ledger.chain-events.v1";

  /**
   * The indexer's own memory: its cursor and its decoder's state, written in the same Kafka transaction as the events
   * they stand for. One partition; whoever is assigned it leads. Compacted.
   */
  public static final String INDEXER_STATE = "ledger.indexer-state.v1";

  /**
   * What happened to the accounts. From ledger-command, for ledger-query and any other service. Key: the owner's
   * address, none on broadcasts. Partition: the owner's lane. Value: {@link AccountRecord} as JSON, {@code seq}
   * contiguous per partition. Exactly once for readers of committed records. Kept for ever.
   */
  public static final String ACCOUNT_EVENTS = "ledger.account-events.v1";

  /**
   * How far each lane of the event store has been published, written in the same Kafka transaction as the events. Key:
   * the lane's number. Compacted; as many partitions as lanes.
   */
  public static final String PUBLISHED_POSITIONS = "ledger.published-positions.v1";

  /** Copies of chain events that ledger-command could not understand; the originals are parked in its database. */
  public static final String CHAIN_EVENTS_DEAD = CHAIN_EVENTS + ".ledger-command.dlt";

  /** Copies of account events that ledger-query could not understand; the originals are parked in its database. */
  public static final String ACCOUNT_EVENTS_DEAD = ACCOUNT_EVENTS + ".ledger-query.dlt";

  private Topics() {}
}
