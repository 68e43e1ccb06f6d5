package io.neuronledger.client;

import java.util.Optional;

/** The bearer token of the next request; none for services that ask for no credential. */
@FunctionalInterface
public interface TokenSource {
  /** Asked before each request, so that a token can be replaced before it expires. */
  Optional<String> token();

  /** No token. */
  static TokenSource none() {
    return Optional::empty;
  }

  /** An API key, or any other token that stays the same. */
  static TokenSource fixed(String token) {
    return () -> Optional.of(token);
  }

  /**
   * The token of the environment variable {@code NEURON_LEDGER_TOKEN}, where other users of the machine cannot read it;
   * none where it is not set.
   */
  static TokenSource environment() {
    return () -> Optional.ofNullable(System.getenv("NEURON_LEDGER_TOKEN"));
  }
}
