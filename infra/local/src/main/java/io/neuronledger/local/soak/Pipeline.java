package io.neuronledger.local.soak;

import io.neuronledger.local.answer.LedgerApi;

/** What a soak needs of the running services. */
interface Pipeline extends AutoCloseable {
  /** ledger-query over HTTP. */
  LedgerApi api();

  /** Kafka's address. */
  String bootstrapServers();

  @Override
  void close();
}
