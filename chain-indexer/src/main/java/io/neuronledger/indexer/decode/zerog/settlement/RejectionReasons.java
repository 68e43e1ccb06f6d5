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

  private final ContractModel books;
  private final Map<ProviderService, SignerState> signers;

  /**
   * @param books as they are right before the item
   * @param signers those that had one state throughout the block
   */
  public RejectionReasons(ContractModel books, Map<ProviderService, SignerState> signers) {
    this.books = books;
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
    // The service is looked for after the sub-account: without one, the status would be another.
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

  /** Of a caller that is not known, whether it may be any of those with whom the user has one. */
  private boolean mayHaveSubAccount(RejectedItem item) {
    return item.account().map(account -> books.account(account).isPresent()).orElseGet(() ->
        books.accounts(item.user()).keySet().stream().anyMatch(key -> key.service().equals(item.contract())));
  }

  private RejectionReason acknowledgement(RejectedItem item) {
    Optional<AccountKey> account = item.account();
    Optional<Boolean> owner = account.flatMap(books::acknowledged);
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
      // With the signer in order it can only be the owner; unless that one's acknowledgement is known too.
      case ACKNOWLEDGED -> owner.isEmpty()
          ? RejectionReason.OWNER_NOT_ACKNOWLEDGED : RejectionReason.SIGNER_NOT_ACKNOWLEDGED;
    };
  }
}
