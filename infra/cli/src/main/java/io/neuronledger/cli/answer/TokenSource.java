package io.neuronledger.cli.answer;

import java.util.Optional;

/** The bearer token of the next request; none for services that ask for no credential. */
@FunctionalInterface
public interface TokenSource {
  Optional<String> token();

  /** No token. */
  static TokenSource none() {
    return Optional::empty;
  }

  /**
   * The token of the environment variable {@code NEURON_LEDGER_TOKEN}, where other users of the machine cannot read it;
   * none where it is not set.
   */
  static TokenSource environment() {
    return () -> Optional.ofNullable(System.getenv("NEURON_LEDGER_TOKEN"));
  }
}
