package io.neuronledger.command.usage.service;

/** What becomes of a report of a service that the chain does not know. */
public enum UnknownService {
  /** It is recorded. Readers set it apart until there is such a service. */
  SET_APART,
  /** It is refused, as long as it has not been recorded before. */
  REFUSE
}
