package io.neuronledger.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why the contract gave a provider nothing; the numbers are those of the contract's settlement status. */
public enum RejectionReason {
  @JsonProperty("provider-mismatch") PROVIDER_MISMATCH(2),
  /** The owner, or the network, has not acknowledged the provider's signer: the broker drops these fees. */
  @JsonProperty("signer-not-acknowledged") SIGNER_NOT_ACKNOWLEDGED(3),
  @JsonProperty("invalid-nonce") INVALID_NONCE(4),
  @JsonProperty("invalid-signature") INVALID_SIGNATURE(5);

  private final int status;

  RejectionReason(int status) {
    this.status = status;
  }

  /** The contract's {@code uint8}. */
  public int status() {
    return status;
  }

  /** @throws IllegalArgumentException for a status that is no rejection */
  public static RejectionReason ofStatus(int status) {
    for (RejectionReason reason : values()) {
      if (reason.status == status) {
        return reason;
      }
    }
    throw new IllegalArgumentException("no rejection has status " + status);
  }
}
