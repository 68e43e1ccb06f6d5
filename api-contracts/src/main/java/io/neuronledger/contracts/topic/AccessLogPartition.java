package io.neuronledger.contracts.topic;

import java.util.Arrays;

/** The partitions of {@code ledger.access-log.v1}: one for each service, which all of its instances write. */
public enum AccessLogPartition {
  CHAIN_INDEXER(0, KafkaPrincipal.CHAIN_INDEXER),
  LEDGER_COMMAND(1, KafkaPrincipal.LEDGER_COMMAND),
  LEDGER_QUERY(2, KafkaPrincipal.LEDGER_QUERY);

  private final int number;
  private final KafkaPrincipal writer;

  AccessLogPartition(int number, KafkaPrincipal writer) {
    this.number = number;
    this.writer = writer;
  }

  /** The partition's number in Kafka; fixed for ever. */
  public int number() {
    return number;
  }

  /** The name of the service, such as {@code ledger-query}. */
  public String service() {
    return writer.id();
  }

  /** @throws IllegalArgumentException unless it is the name of a service */
  public static AccessLogPartition of(String service) {
    return Arrays.stream(values()).filter(each -> each.service().equals(service)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "a service is called chain-indexer, ledger-command or ledger-query"));
  }
}
