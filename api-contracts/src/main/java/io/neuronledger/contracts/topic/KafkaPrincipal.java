package io.neuronledger.contracts.topic;

/**
 * The principals of a deployment's Kafka cluster, which authenticate with SASL/SCRAM. {@link TopicAccess} has what each
 * may do. The names of a principal's consumer groups and transactional ids begin with its own name.
 */
public enum KafkaPrincipal {
  CHAIN_INDEXER("chain-indexer", true, true),
  LEDGER_COMMAND("ledger-command", true, true),
  LEDGER_QUERY("ledger-query", true, false),
  /** Providers and routers that report served requests over Kafka. */
  USAGE_REPORTER("usage-reporter", false, false),
  /** Other services that read the ledger's events. */
  SUBSCRIBER("subscriber", true, false);

  private final String id;
  private final boolean groups;
  private final boolean transactions;

  KafkaPrincipal(String id, boolean groups, boolean transactions) {
    this.id = id;
    this.groups = groups;
    this.transactions = transactions;
  }

  /** Its name in Kafka. */
  public String id() {
    return id;
  }

  /** Whether it joins consumer groups. */
  public boolean hasGroups() {
    return groups;
  }

  /** Whether it writes in transactions. */
  public boolean hasTransactions() {
    return transactions;
  }
}
