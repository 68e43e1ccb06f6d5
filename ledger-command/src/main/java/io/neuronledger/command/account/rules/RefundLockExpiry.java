package io.neuronledger.command.account.rules;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.account.ServiceTerms;
import io.neuronledger.command.account.SubAccount;
import io.neuronledger.contracts.balance.Balances;
import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Emits each change of a refund's lock once: claimable when block time reaches the end of the lock period, relocked
 * when a longer period moves that end past block time. The {@code announced} flag is part of the refund, so it survives
 * restarts and forks.
 */
public final class RefundLockExpiry {
  private RefundLockExpiry() {}

  /**
   * One event for each refund whose lock has expired, or is in force again, at the cause's block time and whose
   * {@code announced} flag differs. Empty once those events are recorded.
   */
  public static List<LedgerEvent> events(Ledger before, WalletAddress owner, Cause cause, ServiceTerms terms) {
    List<LedgerEvent> events = new ArrayList<>(0);
    Ledger ledger = before;
    for (SubAccount account : before.subAccounts().values()) {
      if (account.refunds().isEmpty()) {
        continue;
      }
      Duration lockPeriod = terms.lockPeriod(account.id().service());
      for (PendingRefund refund : account.refunds().active()) {
        boolean claimable = RefundRules.isClaimable(refund.requestedAt(), cause.blockTime(), lockPeriod);
        if (claimable != refund.announced()) {
          LedgerEvent event = event(ledger, owner, account.id(), refund, claimable, lockPeriod, cause);
          events.add(event);
          ledger = ledger.evolve(event);
        }
      }
    }
    return events;
  }

  private static LedgerEvent event(Ledger ledger, WalletAddress owner,
      SubAccountId id, PendingRefund refund, boolean claimable, Duration lockPeriod,
      Cause cause) {
    SubAccount account = ledger.subAccount(id).orElseThrow();
    SubAccount updated = account.with(account.balance(), account.refunds().withAnnounced(refund.id(), claimable));
    Balances after = new Balances(ledger.open(), ledger.available(), ledger.locked(), Optional.of(updated.balances()));
    Cause blockCause = new Cause(cause.position(), cause.branch(), cause.blockHash(), cause.blockTime(),
        Optional.empty());
    return claimable
        ? new LedgerEvent.RefundClaimable(owner, id.provider(), id.service(), refund.id(), refund.amount(),
            refund.requestedAt(), lockPeriod, after, Optional.empty(), blockCause)
        : new LedgerEvent.RefundRelocked(owner, id.provider(), id.service(), refund.id(), refund.amount(),
            refund.requestedAt(), lockPeriod, after, Optional.empty(), blockCause);
  }
}
