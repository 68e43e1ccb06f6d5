package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.decode.zerog.contract.ContractCall;
import io.neuronledger.indexer.decode.zerog.contract.ContractLog;
import io.neuronledger.indexer.decode.zerog.contract.LogForm;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.AccountState;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.replay.action.ContractAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Orders calls and logs by selector where the trace does not place the logs. Each kind of call emits certain logs only,
 * so walking both lists in step gives the order. Used once.
 */
final class CallLogAlignment {
  private final List<LogEntry> logs;
  private final WatchedContracts followed;
  private final ContractModel model;
  private final Map<AccountKey, Neuron> balances = new HashMap<>();
  private final List<ContractAction> actions = new ArrayList<>();
  private int next;

  private CallLogAlignment(List<LogEntry> logs, WatchedContracts followed, ContractModel model) {
    this.logs = logs;
    this.followed = followed;
    this.model = model;
  }

  static List<ContractAction> of(List<TraceStep> steps, List<LogEntry> logs, WatchedContracts followed,
      ContractModel model) {
    CallLogAlignment alignment = new CallLogAlignment(logs, followed, model);
    for (TraceStep step : steps) {
      if (step instanceof TraceStep.Call call) {
        alignment.step(call);
      }
    }
    while (alignment.next < logs.size()) {
      alignment.take();
    }
    return alignment.actions;
  }

  private void step(TraceStep.Call call) {
    // Single logs do not show where calls are; left in place, they would hide the logs of the next calls.
    while (upcoming(log -> log instanceof ContractLog.LockTimeUpdated || log instanceof ContractLog.ServiceRegistered
        || log instanceof ContractLog.ServiceUpdated || log instanceof ContractLog.ServiceRemoved
        || log instanceof ContractLog.Upgraded)) {
      take();
    }
    if (followed.settlesFees(call.to(), call.input())) {
      takeFees(call.to());
    } else {
      TracedActions.called(call, followed).ifPresent(this::call);
    }
  }

  private void call(ContractAction.Called called) {
    switch (called.call()) {
      case ContractCall.Deposit _, ContractCall.DepositFor _, ContractCall.Acknowledge _ -> actions.add(called);
      case ContractCall.Refund _, ContractCall.DeleteLedger _ -> {
        actions.add(called);
        while (upcoming(log -> log instanceof ContractLog.AccountDeleted deleted
            && deleted.user().equals(called.caller()))) {
          take();
        }
      }
      case ContractCall.TransferFund transfer -> {
        actions.add(called);
        followed.contractOf(transfer.serviceName()).ifPresent(service ->
            takeTransferred(new AccountKey(service, called.caller(), transfer.provider())));
      }
      case ContractCall.RetrieveFund retrieve -> {
        actions.add(called);
        followed.contractOf(retrieve.serviceName()).ifPresent(service -> retrieve.providers()
            .forEach(provider -> takeRetrieved(new AccountKey(service, called.caller(), provider))));
      }
      case ContractCall.Settle settle -> {
        actions.add(called);
        settle.items().forEach(_ -> takeAnswer(called.contract()));
      }
    }
  }

  /** Takes logs up to the first balance that is not less than before: a lower one is an unlock or a settlement. */
  private void takeTransferred(AccountKey account) {
    Neuron before = balance(account);
    for (int i = next; i < logs.size(); i++) {
      Optional<Neuron> loggedAmount = loggedBalance(logs.get(i), account);
      if (loggedAmount.isPresent() && loggedAmount.get().compareTo(before) >= 0) {
        takeThrough(i);
        return;
      }
      before = loggedAmount.orElse(before);
    }
  }

  /** Takes the payment first, then the refund request; either may be absent. */
  private void takeRetrieved(AccountKey account) {
    if (next < logs.size() && isUnlock(logs.get(next), account)) {
      take();
    }
    if (next < logs.size() && logs.get(next).emitter().equals(account.service())
        && upcoming(log -> log instanceof ContractLog.RefundRequested request && isOf(request, account))) {
      take();
    }
  }

  private void takeAnswer(WalletAddress service) {
    takeThroughNext(service, ContractLog.TeeSettlementResult.class);
  }

  private void takeFees(WalletAddress service) {
    takeThroughNext(service, ContractLog.FeesSettled.class);
    takeThroughNext(followed.manager(), ContractLog.FundSpent.class);
    takeThroughNext(service, ContractLog.BalanceUpdated.class);
  }

  /** Takes logs up to one that this call must have emitted. Logs before it belong to no call of interest. */
  private void takeThroughNext(WalletAddress emitter, Class<? extends ContractLog> expected) {
    for (int i = next; i < logs.size(); i++) {
      if (logs.get(i).emitter().equals(emitter) && read(logs.get(i)).filter(expected::isInstance).isPresent()) {
        takeThrough(i);
        return;
      }
    }
  }

  private void takeThrough(int last) {
    while (next <= last) {
      take();
    }
  }

  private void take() {
    LogEntry entry = logs.get(next++);
    actions.add(new ContractAction.Logged(entry));
    if (read(entry).orElse(null) instanceof ContractLog.BalanceUpdated updated) {
      balances.put(new AccountKey(entry.emitter(), updated.user(), updated.provider()), updated.amount());
    }
  }

  private boolean upcoming(Predicate<ContractLog> expected) {
    return next < logs.size() && read(logs.get(next)).filter(expected).isPresent();
  }

  private boolean isUnlock(LogEntry entry, AccountKey account) {
    return loggedBalance(entry, account).filter(amount -> amount.compareTo(balance(account)) < 0).isPresent();
  }

  private static Optional<Neuron> loggedBalance(LogEntry entry, AccountKey account) {
    return read(entry).filter(log -> entry.emitter().equals(account.service())
        && log instanceof ContractLog.BalanceUpdated updated && isOf(updated, account))
        .map(log -> ((ContractLog.BalanceUpdated) log).amount());
  }

  private Neuron balance(AccountKey account) {
    Neuron seen = balances.get(account);
    return seen != null ? seen : model.account(account).map(AccountState::balance).orElse(Neuron.ZERO);
  }

  private static boolean isOf(ContractLog.OfAccount log, AccountKey account) {
    return log.user().equals(account.user()) && log.provider().equals(account.provider());
  }

  /** Malformed logs are ignored here; replay fails on them. */
  private static Optional<ContractLog> read(LogEntry entry) {
    LogForm form = LogForm.BY_TOPIC.get(entry.topics().getFirst());
    try {
      return form == null ? Optional.empty() : Optional.of(form.read(entry));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
