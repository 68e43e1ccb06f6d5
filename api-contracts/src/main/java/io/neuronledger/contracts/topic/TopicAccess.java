package io.neuronledger.contracts.topic;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a principal may do with a topic. Whatever is not in {@link #ALL} is refused: nobody deletes a topic or its
 * records, and nobody adds partitions. Plain data, from which access control lists are made.
 *
 * @param operations by the names of Kafka's access control; reading and writing include describing
 */
public record TopicAccess(KafkaPrincipal principal, String topic, Set<Operation> operations) {
  /** Every access of a deployment. */
  public static final List<TopicAccess> ALL = List.of(
      owns(KafkaPrincipal.CHAIN_INDEXER, Topics.CHAIN_EVENTS),
      owns(KafkaPrincipal.CHAIN_INDEXER, Topics.BLOCKS),
      owns(KafkaPrincipal.CHAIN_INDEXER, Topics.INDEXER_STATE, Operation.READ),
      owns(KafkaPrincipal.CHAIN_INDEXER, Topics.FOLLOWING),
      onlyReads(KafkaPrincipal.CHAIN_INDEXER, Topics.API_KEYS),
      appends(KafkaPrincipal.CHAIN_INDEXER, Topics.ACCESS_LOG, Operation.READ),
      appends(KafkaPrincipal.CHAIN_INDEXER, Topics.API_KEY_USES),
      reads(KafkaPrincipal.LEDGER_COMMAND, Topics.CHAIN_EVENTS),
      owns(KafkaPrincipal.LEDGER_COMMAND, Topics.CHAIN_EVENTS_DEAD),
      owns(KafkaPrincipal.LEDGER_COMMAND, Topics.ACCOUNT_EVENTS),
      owns(KafkaPrincipal.LEDGER_COMMAND, Topics.PUBLIC_EVENTS),
      owns(KafkaPrincipal.LEDGER_COMMAND, Topics.PUBLISHED_POSITIONS, Operation.READ),
      reads(KafkaPrincipal.LEDGER_COMMAND, Topics.USAGE_REPORTS),
      appends(KafkaPrincipal.LEDGER_COMMAND, Topics.USAGE_REJECTS),
      owns(KafkaPrincipal.LEDGER_COMMAND, Topics.API_KEYS, Operation.READ),
      appends(KafkaPrincipal.LEDGER_COMMAND, Topics.ACCESS_LOG, Operation.READ),
      owns(KafkaPrincipal.LEDGER_COMMAND, Topics.API_KEY_USES, Operation.READ),
      reads(KafkaPrincipal.LEDGER_QUERY, Topics.ACCOUNT_EVENTS),
      owns(KafkaPrincipal.LEDGER_QUERY, Topics.ACCOUNT_EVENTS_DEAD),
      reads(KafkaPrincipal.LEDGER_QUERY, Topics.BLOCKS),
      reads(KafkaPrincipal.LEDGER_QUERY, Topics.FOLLOWING),
      onlyReads(KafkaPrincipal.LEDGER_QUERY, Topics.PUBLIC_EVENTS),
      owns(KafkaPrincipal.LEDGER_QUERY, Topics.ALERTS, Operation.READ),
      onlyReads(KafkaPrincipal.LEDGER_QUERY, Topics.API_KEYS),
      owns(KafkaPrincipal.LEDGER_QUERY, Topics.ACCESS_LOG, Operation.READ),
      appends(KafkaPrincipal.LEDGER_QUERY, Topics.API_KEY_USES),
      new TopicAccess(KafkaPrincipal.USAGE_REPORTER, Topics.USAGE_REPORTS, Set.of(Operation.WRITE)),
      onlyReads(KafkaPrincipal.SUBSCRIBER, Topics.PUBLIC_EVENTS),
      onlyReads(KafkaPrincipal.SUBSCRIBER, Topics.ALERTS));

  /** An operation on a topic, by its name in Kafka's access control. */
  public enum Operation { READ, WRITE, CREATE, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS, ALTER, DELETE }

  public TopicAccess {
    operations = Set.copyOf(operations);
  }

  /** Of the one writer of a topic, or of the first among several: it creates it, and sets changed settings again. */
  private static TopicAccess owns(KafkaPrincipal principal, String topic, Operation... more) {
    Set<Operation> operations = EnumSet.of(Operation.WRITE, Operation.CREATE, Operation.DESCRIBE_CONFIGS,
        Operation.ALTER_CONFIGS);
    operations.addAll(List.of(more));
    return new TopicAccess(principal, topic, operations);
  }

  /** Of a writer of a topic that may have other settings: it creates the topic, but changes none. */
  private static TopicAccess appends(KafkaPrincipal principal, String topic, Operation... more) {
    Set<Operation> operations = EnumSet.of(Operation.WRITE, Operation.CREATE);
    operations.addAll(List.of(more));
    return new TopicAccess(principal, topic, operations);
  }

  /** Of a service that may start before the writer: it creates the topic, but cannot change it. */
  private static TopicAccess reads(KafkaPrincipal principal, String topic) {
    return new TopicAccess(principal, topic, Set.of(Operation.READ, Operation.CREATE));
  }

  private static TopicAccess onlyReads(KafkaPrincipal principal, String topic) {
    return new TopicAccess(principal, topic, Set.of(Operation.READ));
  }

  /** Whether {@link #ALL} allows an operation, directly or because an allowed one includes it. */
  public static boolean allows(KafkaPrincipal principal, String topic, Operation operation) {
    return ALL.stream().filter(each -> each.principal == principal && each.topic.equals(topic))
        .anyMatch(each -> each.includes(operation));
  }

  private boolean includes(Operation operation) {
    boolean described = operations.contains(Operation.READ) || operations.contains(Operation.WRITE);
    return operations.contains(operation) || (operation == Operation.DESCRIBE && described);
  }
}
