package io.neuronledger.indexer.decode.zerog.settlement;

/** The state of the signer of a provider's service, as the serving contract checks it. */
public enum SignerState {
  /** The signer exists, and the network has acknowledged it. */
  ACKNOWLEDGED,
  NOT_ACKNOWLEDGED,
  /** Acknowledged, but the zero address. */
  ABSENT
}
