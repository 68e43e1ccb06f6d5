package io.neuronledger.command.lock;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;

/**
 * The lock of one active refund.
 *
 * @param requestedAt block time, seconds since 1970
 * @param announced whether a claimable event was emitted for it
 */
public record RefundLock(WalletAddress provider, ServiceName service, RefundId refund, long requestedAt,
    boolean announced) {

  public static RefundLock of(Ledger.ActiveRefund active) {
    return new RefundLock(active.subAccount().provider(), active.subAccount().service(), active.refund().id(),
        active.refund().requestedAt().getEpochSecond(), active.refund().announced());
  }
}
