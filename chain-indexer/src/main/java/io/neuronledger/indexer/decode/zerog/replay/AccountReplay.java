package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.contracts.balance.ObservedLedger.Refund;
import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.decode.zerog.contract.ContractLog;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.AccountState;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.Corrections;
import io.neuronledger.indexer.decode.zerog.replay.action.AccountLog;
import io.neuronledger.indexer.decode.zerog.replay.action.Invariants;
import java.util.List;
import java.util.Optional;

/** Replays the logs of sub-accounts. They carry absolute values: the event is the difference from the model. */
final class AccountReplay {
  private final ContractModel model;
  private final BlockRef block;
  private final BlockReadings readings;
  private final Invariants invariants;
  private final LedgerReplay ledgers;

  AccountReplay(ContractModel model, BlockRef block, BlockReadings readings, Invariants invariants,
      LedgerReplay ledgers) {
    this.model = model;
    this.block = block;
    this.readings = readings;
    this.invariants = invariants;
    this.ledgers = ledgers;
  }

  /**
   * Replays a BalanceUpdated without a FundSpent before it. It opens the account, unlocks or transfers, depending on
   * the previous balance.
   */
  void updateBalance(AccountLog<ContractLog.BalanceUpdated> accountLog) {
    Optional<AccountState> before = model.account(accountLog.key());
    if (before.isEmpty()) {
      openAccount(accountLog);
    } else if (accountLog.log().amount().compareTo(before.get().balance()) < 0) {
      unlock(accountLog, before.get());
    } else {
      transfer(accountLog, before.get());
    }
  }

  private void openAccount(AccountLog<ContractLog.BalanceUpdated> accountLog) {
    ContractLog.BalanceUpdated log = accountLog.log();
    invariants.require(log.pendingRefund().isZero(),
        () -> "%s opens with %s pending".formatted(accountLog, log.pendingRefund()));
    model.put(accountLog.key(), new AccountState(log.amount(), true, List.of()));
    ledgers.move(log.user(), log.amount().value().negate());
    emitTransfer(accountLog, true, log.amount(), Neuron.ZERO);
  }

  private void unlock(AccountLog<ContractLog.BalanceUpdated> accountLog, AccountState before) {
    ContractLog.BalanceUpdated log = accountLog.log();
    Neuron paid = before.balance().minus(log.amount());
    Optional<AccountState> left = before.withoutOldest(paid);
    invariants.require(left.isPresent(),
        () -> "%s is paid %s, which is not a sum of whole refunds of %s".formatted(accountLog, paid, before));
    AccountState after = left.orElse(before).balance(log.amount());
    put(accountLog, after);
    ledgers.move(log.user(), paid.value());
    emitTransfer(accountLog, false, paid, Neuron.ZERO);
  }

  private void transfer(AccountLog<ContractLog.BalanceUpdated> accountLog, AccountState before) {
    ContractLog.BalanceUpdated log = accountLog.log();
    Neuron moved = log.amount().minus(before.balance());
    Neuron cancelled = before.pending().minusOrZero(log.pendingRefund());
    put(accountLog, before.withoutNewest(cancelled).orElse(before).balance(log.amount()).acknowledged(true));
    ledgers.move(log.user(), moved.value().negate());
    emitTransfer(accountLog, true, moved, cancelled);
  }

  /** FundSpent and BalanceUpdated. */
  void settle(AccountLog<ContractLog.BalanceUpdated> accountLog, Neuron asked, Neuron amount,
      Optional<SettlementNonce> nonce, Optional<Evidence.SettlementSignature> signed) {
    ContractLog.BalanceUpdated log = accountLog.log();
    Optional<AccountState> found = model.account(accountLog.key());
    invariants.require(found.isPresent(),
        () -> "%s settles without an account".formatted(accountLog));
    AccountState before = found.orElse(new AccountState(log.amount().plus(amount), true, List.of()));
    invariants.require(before.balance().equals(log.amount().plus(amount)),
        () -> "%s settles %s and leaves %s of %s".formatted(accountLog, amount, log.amount(), before.balance()));
    Neuron free = before.balance().minusOrZero(before.pending());
    Neuron consumed = amount.minusOrZero(free);
    put(accountLog, before.withoutNewest(consumed).orElse(before).balance(log.amount()));
    ledgers.spend(log.user(), amount);
    readings.emit(new ChainEvent.Settled(log.user(), log.provider(), accountLog.service().name(), asked, amount, nonce,
        signed));
  }

  /** Requests a refund of the whole free balance. Emits nothing where none is free, with any timestamp. */
  void requestRefund(AccountLog<ContractLog.RefundRequested> accountLog) {
    ContractLog.RefundRequested log = accountLog.log();
    Optional<AccountState> found = model.account(accountLog.key());
    invariants.require(found.isPresent(),
        () -> "%s requests a refund without an account".formatted(accountLog));
    if (found.isEmpty()) {
      return;
    }
    invariants.require(log.timestamp().equals(block.time()),
        () -> "%s requests a refund at %s, not at the block's time".formatted(accountLog, log.timestamp()));
    Neuron free = found.get().balance().minusOrZero(found.get().pending());
    AccountState after = free.isZero() ? found.get() : found.get().and(new Refund(free, block.time()));
    int active = after.refunds().size();
    invariants.require(log.index().intValue() == active - 1 && active <= RefundRules.ACTIVE_MAX,
        () -> "%s has refund index %s; the model has %s".formatted(accountLog, log.index(), after));
    if (!free.isZero()) {
      model.put(accountLog.key(), after);
      readings.emit(new ChainEvent.RefundRequested(log.user(), log.provider(), accountLog.service().name(), free));
    }
  }

  /** The contract also logs AccountDeleted for accounts that do not exist. */
  void deleteAccount(AccountLog<ContractLog.AccountDeleted> accountLog, Evidence.Log evidence) {
    ContractLog.AccountDeleted log = accountLog.log();
    ledgers.closeInferred(log.user(), evidence);
    Optional<AccountState> account = model.account(accountLog.key());
    if (account.isPresent()) {
      invariants.require(account.get().balance().isZero(),
        () -> "%s is deleted with %s in it".formatted(accountLog, account.get().balance()));
      model.remove(accountLog.key());
      readings.emit(new ChainEvent.SubAccountClosed(log.user(), log.provider(), accountLog.service().name()));
    }
  }

  /**
   * Sets whether the user accepts the provider's signatures. Publishes nothing for a sub-account that outlived its
   * ledger: it is published again, with its acknowledgement, when the ledger reopens.
   */
  void acknowledge(AccountKey key, boolean accepted) {
    model.account(key).ifPresent(account -> model.put(key, account.acknowledged(accepted)));
    model.service(key.service()).filter(_ -> model.ledger(key.user()).isPresent()).ifPresent(service -> readings.emit(
        new ChainEvent.ProviderAcknowledged(key.user(), key.provider(), service.name(), accepted)));
  }

  /** Applies the acknowledgements that the state comparison found, at the end of its block range. */
  void applyMissingAcknowledgements(Corrections corrections) {
    for (Corrections.MissingAcknowledgement missing : corrections.missing().acknowledgements()) {
      readings.next(corrections.evidence());
      acknowledge(missing.account(), missing.acknowledged());
    }
  }

  private void put(AccountLog<ContractLog.BalanceUpdated> accountLog, AccountState after) {
    Neuron pending = accountLog.log().pendingRefund();
    invariants.require(after.pending().equals(pending) && pending.compareTo(after.balance()) <= 0,
        () -> "%s reports %s pending of %s; the model has %s"
            .formatted(accountLog, pending, accountLog.log().amount(), after));
    model.put(accountLog.key(), after);
  }

  private void emitTransfer(AccountLog<ContractLog.BalanceUpdated> accountLog, boolean toProvider, Neuron amount,
      Neuron cancelled) {
    ContractLog.BalanceUpdated log = accountLog.log();
    readings.emit(new ChainEvent.Transfer(log.user(), log.provider(), accountLog.service().name(), toProvider,
        amount, cancelled));
  }
}
