package io.neuronledger.cli.soak;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.stack.secret.BrokerAccess;

/** The running services of a soak run. */
interface Pipeline extends AutoCloseable {
  /** ledger-query over HTTP. */
  LedgerApi api();

  /** Its Kafka. */
  BrokerAccess kafka();

  @Override
  void close();
}
