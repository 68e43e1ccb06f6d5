package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.chain.LogEntry;
import io.neuronledger.indexer.decode.zerog.contract.ContractCall;
import io.neuronledger.indexer.decode.zerog.contract.ContractLog;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import io.neuronledger.indexer.decode.zerog.settlement.RejectedItem;
import io.neuronledger.indexer.decode.zerog.settlement.RejectionReasons;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one transaction: its calls and logs, in order of execution. */
final class TransactionReplay {
  private static final Logger LOGGER = LoggerFactory.getLogger(TransactionReplay.class);
  private static final int SUCCESS = 0;
  private static final int PARTIAL = 1;
  /** An inference provider is never this: it stands for one that nobody knows. */
  private static final WalletAddress UNKNOWN = WalletAddress.ZERO;

  private final ContractModel books;
  private final BlockReadings readings;
  private final Invariants rules;
  private final LedgerReplay ledgers;
  private final AccountReplay accounts;
  private final LogReader reader;
  private final RejectionReasons reasons;
  private final Map<WalletAddress, ServiceRegistration> arrivals;
  private final CodeCheck codeCheck;

  TransactionReplay(ContractModel books, BlockReadings readings, Invariants rules, LedgerReplay ledgers,
      AccountReplay accounts,
      LogReader reader, RejectionReasons reasons, Map<WalletAddress, ServiceRegistration> arrivals,
          CodeCheck codeCheck) {
    this.books = books;
    this.readings = readings;
    this.rules = rules;
    this.ledgers = ledgers;
    this.accounts = accounts;
    this.reader = reader;
    this.reasons = reasons;
    this.arrivals = Map.copyOf(arrivals);
    this.codeCheck = codeCheck;
  }

  void tell(TransactionActions transaction) {
    readings.transaction(transaction.index());
    SettlementItems items = new SettlementItems();
    for (LogGroup deed : LogGroups.of(transaction.acts(), reader, rules)) {
      if (!(deed instanceof LogGroup.Said said && said.log() instanceof ContractLog.AccountDeleted deleted
          && ledgers.isClosing(deleted.user()))) {
        ledgers.endClosing();
      }
      switch (deed) {
        case LogGroup.Call call -> called(transaction, call.act(), items);
        case LogGroup.Said said -> said(said.entry(), said.log());
        case LogGroup.Settlement settlement -> settled(settlement, items);
        case LogGroup.Answer answer -> answered(transaction, answer, items);
      }
    }
    ledgers.endClosing();
  }

  private void called(TransactionActions transaction, ContractAction.Called act, SettlementItems items) {
    WalletAddress caller = act.caller();
    readings.next(act.inner()
        ? new Evidence.Trace(transaction.hash()) : new Evidence.Transaction(transaction.hash()));
    switch (act.call()) {
      case ContractCall.Deposit deposit -> ledgers.deposited(caller, caller, deposit.amount());
      case ContractCall.DepositFor deposit -> ledgers.deposited(deposit.recipient(), caller, deposit.amount());
      case ContractCall.Refund refund -> ledgers.withdrawn(caller, refund.amount());
      case ContractCall.DeleteLedger _ -> ledgers.deleted(caller);
      case ContractCall.TransferFund _, ContractCall.RetrieveFund _ -> { }   // their logs say it
      case ContractCall.Settle settle -> items.add(act.contract(), caller, settle.items());
      case ContractCall.Acknowledge answer -> accounts.acknowledged(
          new AccountKey(act.contract(), caller, answer.provider()), answer.acknowledged());
    }
  }

  private void said(LogEntry entry, ContractLog log) {
    Evidence.Log evidence = evidence(entry);
    readings.next(evidence);
    switch (log) {
      case ContractLog.ServiceRegistered registered -> registered(registered);
      case ContractLog.Upgraded upgraded -> codeCheck.unverified(upgraded.implementation(),
          new BlockRef(entry.block(), entry.blockHash(), Instant.EPOCH),
          (reader.beacons().contains(entry.emitter()) ? "beacon " : "proxy ") + entry.emitter() + ", since block "
              + entry.block() + " (transaction " + entry.transactionHash() + ")").ifPresent(books::unverified);
      case ContractLog.LockTimeUpdated updated -> books.service(entry.emitter())
          .ifPresent(service -> lockTime(entry.emitter(), service, entry.block(), updated));
      case ContractLog.OfAccount account -> books.service(entry.emitter())
          .ifPresent(service -> ofAccount(entry.emitter(), service, account, evidence));
      case ContractLog.FundSpent _, ContractLog.TeeSettlementResult _ ->
          throw new IllegalStateException("not a log that stands for itself: " + log);
    }
  }

  private void ofAccount(WalletAddress contract, ServiceInfo service, ContractLog.OfAccount log,
      Evidence.Log evidence) {
    switch (log) {
      case ContractLog.BalanceUpdated updated -> accounts.updated(new AccountLog<>(contract, service, updated));
      case ContractLog.RefundRequested request -> accounts.requested(new AccountLog<>(contract, service, request));
      case ContractLog.AccountDeleted deleted ->
          accounts.deleted(new AccountLog<>(contract, service, deleted), evidence);
      case ContractLog.FeesSettled _ -> throw new IllegalStateException("not a log that stands for itself: " + log);
    }
  }

  private void settled(LogGroup.Settlement deed, SettlementItems items) {
    WalletAddress contract = deed.updated().entry().emitter();
    ContractLog.BalanceUpdated updated = deed.updated().log();
    Neuron amount = deed.spent().log().amount();
    Optional<SettlementNonce> nonce = deed.fees().map(fees -> fees.log().nonce()).or(() -> deed.answer()
        .flatMap(answer -> items.take(contract, updated.user())).map(asked -> asked.item().nonce()));
    Neuron unsettled = deed.answer().map(answer -> answer.log().unsettledAmount()).orElse(Neuron.ZERO);
    deed.fees().ifPresent(fees -> {
      rules.must(fees.log().provider().equals(updated.provider()) && fees.log().fee().equals(amount),
          () -> "fees of %s settled by %s, but %s spent with %s"
              .formatted(fees.log().fee(), fees.log().provider(), amount, updated.provider()));
      readings.next(evidence(fees.entry()));
    });
    deed.answer().ifPresent(answer -> rules.must(answer.log().status() == (unsettled.isZero() ? SUCCESS : PARTIAL),
        () -> "a settlement of %s with %s unsettled has status %s"
            .formatted(amount, unsettled, answer.log().status())));
    ledgers.beforeSettlement(updated.user());
    readings.next(evidence(deed.spent().entry()));
    readings.next(evidence(deed.updated().entry()));
    books.service(contract).ifPresent(service -> accounts.settled(new AccountLog<>(contract, service, updated),
        amount.plus(unsettled), amount, nonce));
    deed.answer().ifPresent(answer -> readings.next(evidence(answer.entry())));
  }

  /** Nothing was taken: refused, or there was nothing to take. The log does not name the provider. */
  private void answered(TransactionActions transaction, LogGroup.Answer deed, SettlementItems items) {
    ContractLog.TeeSettlementResult log = deed.log();
    WalletAddress contract = deed.entry().emitter();
    readings.next(evidence(deed.entry()));
    Optional<ServiceInfo> service = books.service(contract);
    if (service.isEmpty()) {
      return;
    }
    Optional<SettlementItems.Asked> asked = items.take(contract, log.user());
    Optional<WalletAddress> named = asked.map(call -> call.item().provider());
    WalletAddress provider = named.orElseGet(() -> provider(transaction, contract, log));
    Optional<SettlementNonce> nonce = asked.map(call -> call.item().nonce());
    switch (log.status()) {
      case SUCCESS, PARTIAL -> readings.say(new ChainEvent.Settled(log.user(), provider, service.get().name(),
          log.unsettledAmount(), Neuron.ZERO, nonce));
      default -> {
        Optional<WalletAddress> caller = asked.map(SettlementItems.Asked::caller)
            .or(() -> transaction.to().filter(contract::equals).map(_ -> transaction.from()));
        reasons.of(new RejectedItem(contract, log.user(), log.status(), caller, named)).ifPresentOrElse(
            reason -> readings.say(new ChainEvent.SettlementRejected(log.user(), provider, service.get().name(),
                log.unsettledAmount(), reason, nonce)),
            () -> rules.must(false, () -> "a settlement has status %s".formatted(log.status())));
      }
    }
  }

  /**
   * Who asked, where no call says so. A sender that calls the contract itself; otherwise a contract did, and it is the
   * only one with whom the user has a sub-account that fits the answer, or nobody knows.
   */
  private WalletAddress provider(TransactionActions transaction, WalletAddress contract,
      ContractLog.TeeSettlementResult log) {
    if (transaction.to().equals(Optional.of(contract))) {
      return transaction.from();
    }
    List<WalletAddress> fitting = new ArrayList<>();
    books.accounts(log.user()).forEach((key, account) -> {
      if (key.service().equals(contract) && (log.status() != PARTIAL || account.balance().isZero())) {
        fitting.add(key.provider());
      }
    });
    return fitting.size() == 1 && log.status() <= PARTIAL ? fitting.getFirst() : UNKNOWN;
  }

  private void registered(ContractLog.ServiceRegistered log) {
    ServiceRegistration arrival = Optional.ofNullable(arrivals.get(log.serviceAddress())).orElseThrow(
        () -> new IllegalStateException("nobody looked at the new service " + log.serviceAddress()));
    codeCheck.unverified(arrival.code()).ifPresent(books::unverified);
    ServiceInfo entry = arrival.service();
    books.put(log.serviceAddress(), entry);
    readings.say(new ChainEvent.ServiceRegistered(entry.name(), entry.lockPeriod()));
  }

  private void lockTime(WalletAddress contract, ServiceInfo service, long block, ContractLog.LockTimeUpdated log) {
    if (!service.lockPeriod().equals(log.oldLockTime())) {
      // No money depends on it: of a service that registered where the node held no state, it was read later.
      LOGGER.warn("the lock period of {} was {} until block {}, and not {} as had been read", contract,
          log.oldLockTime(), block, service.lockPeriod());
    }
    if (!service.lockPeriod().equals(log.newLockTime())) {
      books.put(contract, service.lockPeriod(log.newLockTime()));
      readings.say(new ChainEvent.LockPeriodSet(service.name(), log.newLockTime()));
    }
  }

  private static Evidence.Log evidence(LogEntry entry) {
    return new Evidence.Log(entry.transactionHash(), entry.index(), entry.emitter());
  }
}
