package io.neuronledger.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Why the contract rejected a settlement. Several reasons share one status of the contract; where the exact one is
 * unknown, a combined reason names them all. Where several hold, the first known one counts, in the order of the
 * contract's checks: the owner's acknowledgement, the network's, the signer.
 */
public enum RejectionReason {
  /** The item names another provider than the one that asked. */
  @JsonProperty("provider-mismatch") PROVIDER_MISMATCH(2),
  /** The asking provider has no service with the contract. */
  @JsonProperty("service-not-registered") SERVICE_NOT_REGISTERED(2),
  /** One of the two: the settling call was not visible. */
  @JsonProperty("provider-mismatch-or-service-not-registered") PROVIDER_MISMATCH_OR_SERVICE_NOT_REGISTERED(2),
  /** The owner has not acknowledged the provider. */
  @JsonProperty("owner-not-acknowledged") OWNER_NOT_ACKNOWLEDGED(3),
  /** The network has not acknowledged the signer of the provider's service. */
  @JsonProperty("service-not-acknowledged") SERVICE_NOT_ACKNOWLEDGED(3),
  /** The provider's service names no signer. */
  @JsonProperty("no-signer") NO_SIGNER(3),
  /** One of the three; the exact one is unknown. The broker drops these fees. */
  @JsonProperty("signer-not-acknowledged") SIGNER_NOT_ACKNOWLEDGED(3),
  /** Not above the last nonce of the sub-account. */
  @JsonProperty("invalid-nonce") INVALID_NONCE(4),
  /** The owner has no sub-account with the asking provider. */
  @JsonProperty("unknown-sub-account") UNKNOWN_SUB_ACCOUNT(5),
  /** The item is not signed by the service's signer. */
  @JsonProperty("invalid-signature") INVALID_SIGNATURE(5),
  /** One of the two: the settling call was not visible. */
  @JsonProperty("unknown-sub-account-or-invalid-signature") UNKNOWN_SUB_ACCOUNT_OR_INVALID_SIGNATURE(5);

  private final int status;

  RejectionReason(int status) {
    this.status = status;
  }

  /** The reason that the contract's status says by itself. */
  public RejectionReason ofStatus() {
    return switch (this) {
      case PROVIDER_MISMATCH, SERVICE_NOT_REGISTERED, PROVIDER_MISMATCH_OR_SERVICE_NOT_REGISTERED ->
          PROVIDER_MISMATCH_OR_SERVICE_NOT_REGISTERED;
      case OWNER_NOT_ACKNOWLEDGED, SERVICE_NOT_ACKNOWLEDGED, NO_SIGNER, SIGNER_NOT_ACKNOWLEDGED ->
          SIGNER_NOT_ACKNOWLEDGED;
      case INVALID_NONCE -> INVALID_NONCE;
      case UNKNOWN_SUB_ACCOUNT, INVALID_SIGNATURE, UNKNOWN_SUB_ACCOUNT_OR_INVALID_SIGNATURE ->
          UNKNOWN_SUB_ACCOUNT_OR_INVALID_SIGNATURE;
    };
  }

  /** The contract's {@code uint8}. */
  public int status() {
    return status;
  }
}
