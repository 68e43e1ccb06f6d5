package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.Rejection;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.decode.zerog.contract.ContractCall;
import io.neuronledger.indexer.decode.zerog.contract.ContractLog;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import io.neuronledger.indexer.decode.zerog.price.AdditionalInfo;
import io.neuronledger.indexer.decode.zerog.replay.action.AccountLog;
import io.neuronledger.indexer.decode.zerog.replay.action.ContractAction;
import io.neuronledger.indexer.decode.zerog.replay.action.Invariants;
import io.neuronledger.indexer.decode.zerog.replay.action.LogGroup;
import io.neuronledger.indexer.decode.zerog.replay.action.LogGroups;
import io.neuronledger.indexer.decode.zerog.replay.action.LogReader;
import io.neuronledger.indexer.decode.zerog.replay.action.ServiceRegistration;
import io.neuronledger.indexer.decode.zerog.replay.action.SettlementItems;
import io.neuronledger.indexer.decode.zerog.replay.action.TransactionActions;
import io.neuronledger.indexer.decode.zerog.settlement.RejectedItem;
import io.neuronledger.indexer.decode.zerog.settlement.RejectionReasons;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replays the calls and logs of one transaction in execution order. */
final class TransactionReplay {
  private static final Logger LOGGER = LoggerFactory.getLogger(TransactionReplay.class);
  private static final int SUCCESS = 0;
  private static final int PARTIAL = 1;
  /** The placeholder for an unknown provider; no inference provider has this address. */
  private static final WalletAddress UNKNOWN = WalletAddress.ZERO;

  private final ContractModel model;
  private final BlockReadings readings;
  private final Invariants invariants;
  private final LedgerReplay ledgers;
  private final AccountReplay accounts;
  private final LogReader reader;
  private final RejectionReasons reasons;
  private final Map<WalletAddress, ServiceRegistration> registrations;
  private final CodeCheck codeCheck;
  private final AdditionalInfo additionalInfo;

  TransactionReplay(ContractModel model, BlockReadings readings, Invariants invariants, LedgerReplay ledgers,
      AccountReplay accounts,
      LogReader reader, RejectionReasons reasons, Map<WalletAddress, ServiceRegistration> registrations,
          CodeCheck codeCheck, AdditionalInfo additionalInfo) {
    this.model = model;
    this.readings = readings;
    this.invariants = invariants;
    this.ledgers = ledgers;
    this.accounts = accounts;
    this.reader = reader;
    this.reasons = reasons;
    this.registrations = Map.copyOf(registrations);
    this.codeCheck = codeCheck;
    this.additionalInfo = additionalInfo;
  }

  void replay(TransactionActions transaction) {
    readings.transaction(transaction.index());
    SettlementItems items = new SettlementItems();
    for (LogGroup group : LogGroups.of(transaction.actions(), reader, invariants)) {
      if (!(group instanceof LogGroup.Single single && single.log() instanceof ContractLog.AccountDeleted deleted
          && ledgers.isClosing(deleted.user()))) {
        ledgers.endClosing();
      }
      switch (group) {
        case LogGroup.Call call -> replayCall(transaction, call.called(), items);
        case LogGroup.Single single -> replayLog(single.entry(), single.log());
        case LogGroup.Settlement settlement -> settle(settlement, items);
        case LogGroup.Answer answer -> replayAnswer(transaction, answer, items);
      }
    }
    ledgers.endClosing();
  }

  private void replayCall(TransactionActions transaction, ContractAction.Called called, SettlementItems items) {
    WalletAddress caller = called.caller();
    readings.next(called.inner()
        ? new Evidence.Trace(transaction.hash()) : new Evidence.Transaction(transaction.hash()));
    switch (called.call()) {
      case ContractCall.Deposit deposit -> ledgers.deposit(caller, caller, deposit.amount());
      case ContractCall.DepositFor deposit -> ledgers.deposit(deposit.recipient(), caller, deposit.amount());
      case ContractCall.Refund refund -> ledgers.withdraw(caller, refund.amount());
      case ContractCall.DeleteLedger _ -> ledgers.delete(caller);
      case ContractCall.TransferFund _, ContractCall.RetrieveFund _ -> { }   // their logs carry the change
      case ContractCall.Settle settle -> items.add(called.contract(), caller, settle.items());
      case ContractCall.Acknowledge answer -> accounts.acknowledge(
          new AccountKey(called.contract(), caller, answer.provider()), answer.acknowledged());
    }
  }

  private void replayLog(LogEntry entry, ContractLog log) {
    Evidence.Log evidence = evidence(entry);
    readings.next(evidence);
    switch (log) {
      case ContractLog.ServiceRegistered registered -> registerService(registered);
      case ContractLog.Upgraded upgraded -> codeCheck.unverified(upgraded.implementation(),
          new BlockRef(entry.block(), entry.blockHash(), Instant.EPOCH),
          (reader.beacons().contains(entry.emitter()) ? "beacon " : "proxy ") + entry.emitter() + ", since block "
              + entry.block() + " (transaction " + entry.transactionHash() + ")").ifPresent(model::unverified);
      case ContractLog.LockTimeUpdated updated -> model.service(entry.emitter())
          .ifPresent(service -> setLockPeriod(entry.emitter(), service, entry.block(), updated));
      case ContractLog.OfAccount account -> model.service(entry.emitter())
          .ifPresent(service -> replayAccountLog(entry.emitter(), service, account, evidence));
      case ContractLog.ServiceUpdated updated -> model.service(entry.emitter()).ifPresent(service ->
          readings.emit(new ChainEvent.PriceSet(updated.provider(), service.name(),
              Optional.of(additionalInfo.complete(entry, updated.price())))));
      case ContractLog.ServiceRemoved removed -> model.service(entry.emitter()).ifPresent(service ->
          readings.emit(new ChainEvent.PriceSet(removed.provider(), service.name(), Optional.empty())));
      case ContractLog.FundSpent _, ContractLog.TeeSettlementResult _ ->
          throw new IllegalStateException("not a single log: " + log);
    }
  }

  private void replayAccountLog(WalletAddress contract, ServiceInfo service, ContractLog.OfAccount log,
      Evidence.Log evidence) {
    switch (log) {
      case ContractLog.BalanceUpdated updated -> accounts.updateBalance(new AccountLog<>(contract, service, updated));
      case ContractLog.RefundRequested request -> accounts.requestRefund(new AccountLog<>(contract, service, request));
      case ContractLog.AccountDeleted deleted ->
          accounts.deleteAccount(new AccountLog<>(contract, service, deleted), evidence);
      case ContractLog.FeesSettled _ -> throw new IllegalStateException("not a single log: " + log);
    }
  }

  private void settle(LogGroup.Settlement group, SettlementItems items) {
    WalletAddress contract = group.updated().entry().emitter();
    ContractLog.BalanceUpdated updated = group.updated().log();
    Neuron amount = group.spent().log().amount();
    Optional<ContractCall.Item> item = group.fees().isPresent() ? Optional.empty() : group.answer()
        .flatMap(answer -> items.take(contract, updated.user())).map(SettlementItems.Asked::item);
    Optional<SettlementNonce> nonce =
        group.fees().map(fees -> fees.log().nonce()).or(() -> item.map(ContractCall.Item::nonce));
    Neuron unsettled = group.answer().map(answer -> answer.log().unsettledAmount()).orElse(Neuron.ZERO);
    group.fees().ifPresent(fees -> {
      invariants.require(fees.log().provider().equals(updated.provider()) && fees.log().fee().equals(amount),
          () -> "fees of %s settled by %s, but %s spent with %s"
              .formatted(fees.log().fee(), fees.log().provider(), amount, updated.provider()));
      readings.next(evidence(fees.entry()));
    });
    int status = unsettled.isZero() ? SUCCESS : PARTIAL;
    group.answer().ifPresent(answer -> invariants.require(answer.log().status() == status,
        () -> "a settlement of %s with %s unsettled has status %s"
            .formatted(amount, unsettled, answer.log().status())));
    ledgers.beforeSettlement(updated.user());
    readings.next(evidence(group.spent().entry()));
    readings.next(evidence(group.updated().entry()));
    model.service(contract).ifPresent(service -> accounts.settle(new AccountLog<>(contract, service, updated),
        amount.plus(unsettled), amount, nonce, item.flatMap(ContractCall.Item::signed)));
    group.answer().ifPresent(answer -> readings.next(evidence(answer.entry())));
  }

  /** Replays an item that moved no money: rejected, or nothing to take. The log does not name the provider. */
  private void replayAnswer(TransactionActions transaction, LogGroup.Answer group, SettlementItems items) {
    ContractLog.TeeSettlementResult log = group.log();
    WalletAddress contract = group.entry().emitter();
    readings.next(evidence(group.entry()));
    Optional<ServiceInfo> service = model.service(contract);
    if (service.isEmpty()) {
      return;
    }
    Optional<SettlementItems.Asked> asked = items.take(contract, log.user());
    Optional<WalletAddress> named = asked.map(call -> call.item().provider());
    WalletAddress provider = named.orElseGet(() -> provider(transaction, contract, log));
    Optional<SettlementNonce> nonce = asked.map(call -> call.item().nonce());
    Optional<Evidence.SettlementSignature> signed = asked.flatMap(call -> call.item().signed());
    switch (log.status()) {
      case SUCCESS, PARTIAL -> readings.emit(new ChainEvent.Settled(log.user(), provider, service.get().name(),
          log.unsettledAmount(), Neuron.ZERO, nonce, signed));
      default -> {
        Optional<WalletAddress> caller = asked.map(SettlementItems.Asked::caller)
            .or(() -> transaction.to().filter(contract::equals).map(_ -> transaction.from()));
        reasons.of(new RejectedItem(contract, log.user(), log.status(), caller, named)).ifPresentOrElse(
            reason -> readings.emit(new ChainEvent.SettlementRejected(log.user(), provider, service.get().name(),
                log.unsettledAmount(), Rejection.of(reason), nonce, signed)),
            () -> invariants.require(false, () -> "a settlement has status %s".formatted(log.status())));
      }
    }
  }

  /**
   * The provider of an item that no call shows. A sender that calls the contract itself is the provider. Otherwise it
   * is the only provider whose sub-account with the user fits the answer, or it is unknown.
   */
  private WalletAddress provider(TransactionActions transaction, WalletAddress contract,
      ContractLog.TeeSettlementResult log) {
    if (transaction.to().equals(Optional.of(contract))) {
      return transaction.from();
    }
    List<WalletAddress> fitting = new ArrayList<>();
    model.accounts(log.user()).forEach((key, account) -> {
      if (key.service().equals(contract) && (log.status() != PARTIAL || account.balance().isZero())) {
        fitting.add(key.provider());
      }
    });
    return fitting.size() == 1 && log.status() <= PARTIAL ? fitting.getFirst() : UNKNOWN;
  }

  private void registerService(ContractLog.ServiceRegistered log) {
    ServiceRegistration registration = Optional.ofNullable(registrations.get(log.serviceAddress())).orElseThrow(
        () -> new IllegalStateException("the new service has not been read: " + log.serviceAddress()));
    codeCheck.unverified(registration.code()).ifPresent(model::unverified);
    ServiceInfo entry = registration.service();
    model.put(log.serviceAddress(), entry);
    readings.emit(new ChainEvent.ServiceRegistered(entry.name(), entry.lockPeriod()));
  }

  private void setLockPeriod(WalletAddress contract, ServiceInfo service, long block, ContractLog.LockTimeUpdated log) {
    if (!service.lockPeriod().equals(log.oldLockTime())) {
      // No balance depends on it. Where the node held no state, the period was read at a later block than the
      // registration.
      LOGGER.warn("the lock period of {} was {} until block {}, not {} as read before", contract,
          log.oldLockTime(), block, service.lockPeriod());
    }
    if (!service.lockPeriod().equals(log.newLockTime())) {
      model.put(contract, service.lockPeriod(log.newLockTime()));
      readings.emit(new ChainEvent.LockPeriodSet(service.name(), log.newLockTime()));
    }
  }

  private static Evidence.Log evidence(LogEntry entry) {
    return new Evidence.Log(entry.transactionHash(), entry.index(), entry.emitter());
  }
}
