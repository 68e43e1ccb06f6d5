package io.neuronledger.indexer.decode.zerog.settlement;

import io.neuronledger.contracts.event.RejectionReason;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the reason of a rejected item. The contract checks in this order, and logs the status of the first check that
 * fails: the item names its caller (2); the sub-account with the caller exists (5); the caller's service exists (2);
 * the user has acknowledged the provider, the network has acknowledged the service's signer, and there is one (3); the
 * nonce is new (4); the signature is the signer's (5).
 */
public final class RejectionReasons {
  private static final int PROVIDER_OR_SERVICE = 2;
  private static final int NO_SIGNER = 3;
  private static final int NONCE = 4;
  private static final int SUB_ACCOUNT_OR_SIGNATURE = 5;

  private final ContractModel model;
  private final Map<ProviderService, SignerState> signers;

  /**
   * @param model the state right before the item
   * @param signers those with one state throughout the block
   */
  public RejectionReasons(ContractModel model, Map<ProviderService, SignerState> signers) {
    this.model = model;
    this.signers = Map.copyOf(signers);
  }

  /** Empty for a status that is not described. */
  public Optional<RejectionReason> of(RejectedItem item) {
    return switch (item.status()) {
      case PROVIDER_OR_SERVICE -> Optional.of(providerOrService(item));
      case NO_SIGNER -> Optional.of(acknowledgement(item));
      case NONCE -> Optional.of(RejectionReason.INVALID_NONCE);
      case SUB_ACCOUNT_OR_SIGNATURE -> Optional.of(subAccountOrSignature(item));
      default -> Optional.empty();
    };
  }

  private RejectionReason providerOrService(RejectedItem item) {
    if (item.caller().isPresent() && item.named().isPresent()) {
      return item.named().equals(item.caller())
          ? RejectionReason.SERVICE_NOT_REGISTERED : RejectionReason.PROVIDER_MISMATCH;
    }
    // The contract checks the service after the sub-account: without one, the status would be another.
    return mayHaveSubAccount(item)
        ? RejectionReason.PROVIDER_MISMATCH_OR_SERVICE_NOT_REGISTERED : RejectionReason.PROVIDER_MISMATCH;
  }

  private RejectionReason subAccountOrSignature(RejectedItem item) {
    if (!mayHaveSubAccount(item)) {
      return RejectionReason.UNKNOWN_SUB_ACCOUNT;
    }
    return item.caller().isPresent()
        ? RejectionReason.INVALID_SIGNATURE : RejectionReason.UNKNOWN_SUB_ACCOUNT_OR_INVALID_SIGNATURE;
  }

  /** Whether the caller has a sub-account with the user; for an unknown caller, whether any provider has. */
  private boolean mayHaveSubAccount(RejectedItem item) {
    return item.account().map(account -> model.account(account).isPresent()).orElseGet(() ->
        model.accounts(item.user()).keySet().stream().anyMatch(key -> key.service().equals(item.contract())));
  }

  private RejectionReason acknowledgement(RejectedItem item) {
    Optional<AccountKey> account = item.account();
    Optional<Boolean> owner = account.flatMap(model::acknowledged);
    if (owner.equals(Optional.of(false))) {
      return RejectionReason.OWNER_NOT_ACKNOWLEDGED;
    }
    Optional<SignerState> signer = account.flatMap(key ->
        Optional.ofNullable(signers.get(new ProviderService(key.service(), key.provider()))));
    if (signer.isEmpty()) {
      return RejectionReason.SIGNER_NOT_ACKNOWLEDGED;
    }
    return switch (signer.get()) {
      case NOT_ACKNOWLEDGED -> RejectionReason.SERVICE_NOT_ACKNOWLEDGED;
      case ABSENT -> RejectionReason.NO_SIGNER;
      // With a valid signer only the owner can be missing, unless the owner's acknowledgement is known too.
      case ACKNOWLEDGED -> owner.isEmpty()
          ? RejectionReason.OWNER_NOT_ACKNOWLEDGED : RejectionReason.SIGNER_NOT_ACKNOWLEDGED;
    };
  }
}
