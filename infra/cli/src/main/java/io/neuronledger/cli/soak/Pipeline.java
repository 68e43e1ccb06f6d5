package io.neuronledger.cli.soak;

import io.neuronledger.cli.answer.LedgerApi;

/** The running services of a soak run. */
interface Pipeline extends AutoCloseable {
  /** ledger-query over HTTP. */
  LedgerApi api();

  /** Kafka's address. */
  String bootstrapServers();

  @Override
  void close();
}
