package io.neuronledger.indexer.decode.zerog.fold;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.ObservedLedger.Refund;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.decode.zerog.books.AccountEntry;
import io.neuronledger.indexer.decode.zerog.books.AccountKey;
import io.neuronledger.indexer.decode.zerog.books.Amendments;
import io.neuronledger.indexer.decode.zerog.books.Books;
import io.neuronledger.indexer.decode.zerog.contract.ContractLog;
import java.util.List;
import java.util.Optional;

/** The sub-accounts of the serving contracts. Their logs carry absolute values: what happened is the difference. */
final class AccountFold {
  private static final int REFUNDS_MAX = 5;

  private final Books books;
  private final BlockRef block;
  private final BlockReadings readings;
  private final Rules rules;
  private final LedgerFold ledgers;

  AccountFold(Books books, BlockRef block, BlockReadings readings, Rules rules, LedgerFold ledgers) {
    this.books = books;
    this.block = block;
    this.readings = readings;
    this.rules = rules;
    this.ledgers = ledgers;
  }

  /** BalanceUpdated without FundSpent before it: opened, transferred to, or unlocked, by what was there before. */
  void updated(AccountSaying<ContractLog.BalanceUpdated> said) {
    Optional<AccountEntry> before = books.account(said.key());
    if (before.isEmpty()) {
      opened(said);
    } else if (said.log().amount().compareTo(before.get().balance()) < 0) {
      unlocked(said, before.get());
    } else {
      transferred(said, before.get());
    }
  }

  private void opened(AccountSaying<ContractLog.BalanceUpdated> said) {
    ContractLog.BalanceUpdated log = said.log();
    rules.must(log.pendingRefund().isZero(),
        () -> "%s opens with %s pending".formatted(said, log.pendingRefund()));
    books.put(said.key(), new AccountEntry(log.amount(), true, List.of()));
    ledgers.moved(log.user(), log.amount().value().negate());
    sayTransfer(said, true, log.amount(), Neuron.ZERO);
  }

  private void unlocked(AccountSaying<ContractLog.BalanceUpdated> said, AccountEntry before) {
    ContractLog.BalanceUpdated log = said.log();
    Neuron paid = before.balance().minus(log.amount());
    Optional<AccountEntry> left = before.withoutOldest(paid);
    rules.must(left.isPresent(),
        () -> "%s is paid %s, which is no sum of whole refunds out of %s".formatted(said, paid, before));
    AccountEntry after = left.orElse(before).balance(log.amount());
    put(said, after);
    ledgers.moved(log.user(), paid.value());
    sayTransfer(said, false, paid, Neuron.ZERO);
  }

  private void transferred(AccountSaying<ContractLog.BalanceUpdated> said, AccountEntry before) {
    ContractLog.BalanceUpdated log = said.log();
    Neuron moved = log.amount().minus(before.balance());
    Neuron cancelled = before.pending().minusOrZero(log.pendingRefund());
    put(said, before.withoutNewest(cancelled).orElse(before).balance(log.amount()).acknowledged(true));
    ledgers.moved(log.user(), moved.value().negate());
    sayTransfer(said, true, moved, cancelled);
  }

  /** FundSpent and BalanceUpdated. */
  void settled(AccountSaying<ContractLog.BalanceUpdated> said, Neuron asked, Neuron amount,
      Optional<SettlementNonce> nonce) {
    ContractLog.BalanceUpdated log = said.log();
    Optional<AccountEntry> found = books.account(said.key());
    rules.must(found.isPresent(),
        () -> "%s settles without an account".formatted(said));
    AccountEntry before = found.orElse(new AccountEntry(log.amount().plus(amount), true, List.of()));
    rules.must(before.balance().equals(log.amount().plus(amount)),
        () -> "%s settles %s and leaves %s of %s".formatted(said, amount, log.amount(), before.balance()));
    Neuron free = before.balance().minusOrZero(before.pending());
    Neuron consumed = amount.minusOrZero(free);
    put(said, before.withoutNewest(consumed).orElse(before).balance(log.amount()));
    ledgers.spent(log.user(), amount);
    readings.say(new ChainEvent.Settled(log.user(), log.provider(), said.service().name(), asked, amount, nonce));
  }

  /** Asks everything free back; where nothing is free it says nothing new, whatever its timestamp. */
  void requested(AccountSaying<ContractLog.RefundRequested> said) {
    ContractLog.RefundRequested log = said.log();
    Optional<AccountEntry> found = books.account(said.key());
    rules.must(found.isPresent(),
        () -> "%s asks back without an account".formatted(said));
    if (found.isEmpty()) {
      return;
    }
    rules.must(log.timestamp().equals(block.time()),
        () -> "%s asks back at %s".formatted(said, log.timestamp()));
    Neuron free = found.get().balance().minusOrZero(found.get().pending());
    AccountEntry after = free.isZero() ? found.get() : found.get().and(new Refund(free, block.time()));
    rules.must(log.index().intValue() == after.refunds().size() - 1 && after.refunds().size() <= REFUNDS_MAX,
        () -> "%s has its refund number %s, by what is known %s".formatted(said, log.index(), after));
    if (!free.isZero()) {
      books.put(said.key(), after);
      readings.say(new ChainEvent.RefundRequested(log.user(), log.provider(), said.service().name(), free));
    }
  }

  /** Also said of accounts that are not there. */
  void deleted(AccountSaying<ContractLog.AccountDeleted> said, Evidence.Log evidence) {
    ContractLog.AccountDeleted log = said.log();
    ledgers.closes(log.user(), evidence);
    Optional<AccountEntry> account = books.account(said.key());
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
  void missingAcknowledgements(Amendments amendments) {
    for (Amendments.MissingAcknowledgement missing : amendments.missing().acknowledgements()) {
      readings.next(amendments.evidence());
      acknowledged(missing.account(), missing.acknowledged());
    }
  }

  private void put(AccountSaying<ContractLog.BalanceUpdated> said, AccountEntry after) {
    Neuron pending = said.log().pendingRefund();
    rules.must(after.pending().equals(pending) && pending.compareTo(after.balance()) <= 0,
        () -> "%s says %s pending of %s, by what is known %s".formatted(said, pending, said.log().amount(), after));
    books.put(said.key(), after);
  }

  private void sayTransfer(AccountSaying<ContractLog.BalanceUpdated> said, boolean toProvider, Neuron amount,
      Neuron cancelled) {
    readings.say(new ChainEvent.Transfer(said.log().user(), said.log().provider(), said.service().name(), toProvider,
        amount, cancelled));
  }
}
