package io.neuronledger.indexer.decode.zerog.replay.action;

import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.decode.zerog.contract.ContractLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Groups the actions of one transaction. Used once. */
public final class LogGroups {
  private final List<ContractAction> actions;
  private final LogReader reader;
  private final Invariants invariants;
  private final List<LogGroup> groups = new ArrayList<>();
  private int next;

  private LogGroups(List<ContractAction> actions, LogReader reader, Invariants invariants) {
    this.actions = actions;
    this.reader = reader;
    this.invariants = invariants;
  }

  public static List<LogGroup> of(List<ContractAction> actions, LogReader reader, Invariants invariants) {
    return new LogGroups(actions, reader, invariants).group();
  }

  private List<LogGroup> group() {
    while (next < actions.size()) {
      switch (actions.get(next)) {
        case ContractAction.Called called -> {
          groups.add(new LogGroup.Call(called));
          next++;
        }
        case ContractAction.Logged logged -> log(logged.entry());
      }
    }
    return groups;
  }

  private void log(LogEntry entry) {
    Optional<ContractLog> read = reader.read(entry);
    if (read.isEmpty()) {
      next++;
      return;
    }
    switch (read.get()) {
      case ContractLog.FundSpent spent -> settlement(Optional.empty(), new LogGroup.FundSpent(entry, spent));
      case ContractLog.FeesSettled fees -> fees(new LogGroup.FeesSettled(entry, fees));
      case ContractLog.TeeSettlementResult answer -> {
        groups.add(new LogGroup.Answer(entry, answer));
        next++;
      }
      case ContractLog other -> {
        groups.add(new LogGroup.Single(entry, other));
        next++;
      }
    }
  }

  private void fees(LogGroup.FeesSettled fees) {
    Optional<LogGroup.FundSpent> spent = follower(1, fees.entry()).flatMap(entry -> reader.read(entry)
        .filter(log -> log instanceof ContractLog.FundSpent of && of.user().equals(fees.log().user()))
        .map(log -> new LogGroup.FundSpent(entry, (ContractLog.FundSpent) log)));
    next++;
    if (spent.isPresent()) {
      settlement(Optional.of(fees), spent.get());
    } else {
      invariants.require(false, () -> "FeesSettled of %s at log %s is not followed by FundSpent"
          .formatted(fees.log().user(), fees.entry().index()));
    }
  }

  private void settlement(Optional<LogGroup.FeesSettled> fees, LogGroup.FundSpent spent) {
    Optional<LogGroup.BalanceUpdated> updated = follower(1, spent.entry()).flatMap(entry -> reader.read(entry)
        .filter(log -> log instanceof ContractLog.BalanceUpdated of && of.user().equals(spent.log().user())
            && entry.emitter().equals(spent.log().service()))
        .map(log -> new LogGroup.BalanceUpdated(entry, (ContractLog.BalanceUpdated) log)));
    next++;
    if (updated.isEmpty()) {
      invariants.require(false, () -> "FundSpent of %s at log %s is not followed by the account's balance"
          .formatted(spent.log().user(), spent.entry().index()));
      return;
    }
    Optional<LogGroup.Answer> answer = follower(1, updated.get().entry()).flatMap(entry -> reader.read(entry)
        .filter(log -> log instanceof ContractLog.TeeSettlementResult of && of.user().equals(spent.log().user())
            && entry.emitter().equals(spent.log().service()))
        .map(log -> new LogGroup.Answer(entry, (ContractLog.TeeSettlementResult) log)));
    next += answer.isPresent() ? 2 : 1;
    groups.add(new LogGroup.Settlement(fees, spent, updated.get(), answer));
  }

  /** The action at this distance, if it is the log directly after the given one. */
  private Optional<LogEntry> follower(int ahead, LogEntry log) {
    if (next + ahead < actions.size() && actions.get(next + ahead) instanceof ContractAction.Logged logged
        && logged.entry().index() == log.index() + 1) {
      return Optional.of(logged.entry());
    }
    return Optional.empty();
  }
}
