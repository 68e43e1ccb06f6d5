package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.ObservedLedger.Refund;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.decode.zerog.contract.ContractLog;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.AccountState;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.Corrections;
import java.util.List;
import java.util.Optional;

/** The sub-accounts of the serving contracts. Their logs carry absolute values: what happened is the difference. */
final class AccountReplay {
  private static final int REFUNDS_MAX = 5;

  private final ContractModel books;
  private final BlockRef block;
  private final BlockReadings readings;
  private final Invariants rules;
  private final LedgerReplay ledgers;

  AccountReplay(ContractModel books, BlockRef block, BlockReadings readings, Invariants rules, LedgerReplay ledgers) {
    this.books = books;
    this.block = block;
    this.readings = readings;
    this.rules = rules;
    this.ledgers = ledgers;
  }

  /** BalanceUpdated without FundSpent before it: opened, transferred to, or unlocked, by what was there before. */
  void updated(AccountLog<ContractLog.BalanceUpdated> said) {
    Optional<AccountState> before = books.account(said.key());
    if (before.isEmpty()) {
      opened(said);
    } else if (said.log().amount().compareTo(before.get().balance()) < 0) {
      unlocked(said, before.get());
    } else {
      transferred(said, before.get());
    }
  }

  private void opened(AccountLog<ContractLog.BalanceUpdated> said) {
    ContractLog.BalanceUpdated log = said.log();
    rules.must(log.pendingRefund().isZero(),
        () -> "%s opens with %s pending".formatted(said, log.pendingRefund()));
    books.put(said.key(), new AccountState(log.amount(), true, List.of()));
    ledgers.moved(log.user(), log.amount().value().negate());
    sayTransfer(said, true, log.amount(), Neuron.ZERO);
  }

  private void unlocked(AccountLog<ContractLog.BalanceUpdated> said, AccountState before) {
    ContractLog.BalanceUpdated log = said.log();
    Neuron paid = before.balance().minus(log.amount());
    Optional<AccountState> left = before.withoutOldest(paid);
    rules.must(left.isPresent(),
        () -> "%s is paid %s, which is no sum of whole refunds out of %s".formatted(said, paid, before));
    AccountState after = left.orElse(before).balance(log.amount());
    put(said, after);
    ledgers.moved(log.user(), paid.value());
    sayTransfer(said, false, paid, Neuron.ZERO);
  }

  private void transferred(AccountLog<ContractLog.BalanceUpdated> said, AccountState before) {
    ContractLog.BalanceUpdated log = said.log();
    Neuron moved = log.amount().minus(before.balance());
    Neuron cancelled = before.pending().minusOrZero(log.pendingRefund());
    put(said, before.withoutNewest(cancelled).orElse(before).balance(log.amount()).acknowledged(true));
    ledgers.moved(log.user(), moved.value().negate());
    sayTransfer(said, true, moved, cancelled);
  }

  /** FundSpent and BalanceUpdated. */
  void settled(AccountLog<ContractLog.BalanceUpdated> said, Neuron asked, Neuron amount,
      Optional<SettlementNonce> nonce) {
    ContractLog.BalanceUpdated log = said.log();
    Optional<AccountState> found = books.account(said.key());
    rules.must(found.isPresent(),
        () -> "%s settles without an account".formatted(said));
    AccountState before = found.orElse(new AccountState(log.amount().plus(amount), true, List.of()));
    rules.must(before.balance().equals(log.amount().plus(amount)),
        () -> "%s settles %s and leaves %s of %s".formatted(said, amount, log.amount(), before.balance()));
    Neuron free = before.balance().minusOrZero(before.pending());
    Neuron consumed = amount.minusOrZero(free);
    put(said, before.withoutNewest(consumed).orElse(before).balance(log.amount()));
    ledgers.spent(log.user(), amount);
    readings.say(new ChainEvent.Settled(log.user(), log.provider(), said.service().name(), asked, amount, nonce));
  }

  /** Asks everything free back; where nothing is free it says nothing new, whatever its timestamp. */
  void requested(AccountLog<ContractLog.RefundRequested> said) {
    ContractLog.RefundRequested log = said.log();
    Optional<AccountState> found = books.account(said.key());
    rules.must(found.isPresent(),
        () -> "%s asks back without an account".formatted(said));
    if (found.isEmpty()) {
      return;
    }
    rules.must(log.timestamp().equals(block.time()),
        () -> "%s asks back at %s".formatted(said, log.timestamp()));
    Neuron free = found.get().balance().minusOrZero(found.get().pending());
    AccountState after = free.isZero() ? found.get() : found.get().and(new Refund(free, block.time()));
    rules.must(log.index().intValue() == after.refunds().size() - 1 && after.refunds().size() <= REFUNDS_MAX,
        () -> "%s has its refund number %s, by what is known %s".formatted(said, log.index(), after));
    if (!free.isZero()) {
      books.put(said.key(), after);
      readings.say(new ChainEvent.RefundRequested(log.user(), log.provider(), said.service().name(), free));
    }
  }

  /** Also said of accounts that are not there. */
  void deleted(AccountLog<ContractLog.AccountDeleted> said, Evidence.Log evidence) {
    ContractLog.AccountDeleted log = said.log();
    ledgers.closes(log.user(), evidence);
    Optional<AccountState> account = books.account(said.key());
    if (account.isPresent()) {
      rules.must(account.get().balance().isZero(),
        () -> "%s is deleted with %s in it".formatted(said, account.get().balance()));
      books.remove(said.key());
      readings.say(new ChainEvent.SubAccountClosed(log.user(), log.provider(), said.service().name()));
    }
  }

  /**
   * The user accepts, or no longer accepts, what the provider signs. Of a sub-account that outlived its ledger nothing
   * is published: it comes back, with its acknowledgement, when the ledger does.
   */
  void acknowledged(AccountKey key, boolean accepted) {
    books.account(key).ifPresent(account -> books.put(key, account.acknowledged(accepted)));
    books.service(key.service()).filter(_ -> books.ledger(key.user()).isPresent()).ifPresent(service -> readings.say(
        new ChainEvent.ProviderAcknowledged(key.user(), key.provider(), service.name(), accepted)));
  }

  /** What the comparison of states found, at the end of its interval. */
  void missingAcknowledgements(Corrections amendments) {
    for (Corrections.MissingAcknowledgement missing : amendments.missing().acknowledgements()) {
      readings.next(amendments.evidence());
      acknowledged(missing.account(), missing.acknowledged());
    }
  }

  private void put(AccountLog<ContractLog.BalanceUpdated> said, AccountState after) {
    Neuron pending = said.log().pendingRefund();
    rules.must(after.pending().equals(pending) && pending.compareTo(after.balance()) <= 0,
        () -> "%s says %s pending of %s, by what is known %s".formatted(said, pending, said.log().amount(), after));
    books.put(said.key(), after);
  }

  private void sayTransfer(AccountLog<ContractLog.BalanceUpdated> said, boolean toProvider, Neuron amount,
      Neuron cancelled) {
    readings.say(new ChainEvent.Transfer(said.log().user(), said.log().provider(), said.service().name(), toProvider,
        amount, cancelled));
  }
}
