package io.neuronledger.cli.seal;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.account.ServiceTerms;
import io.neuronledger.command.account.aggregate.LedgerHistory;
import io.neuronledger.command.account.rules.LedgerRules;
import io.neuronledger.command.account.rules.RefundLockExpiry;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One partition of ledger-command in memory: its rules, with their shell and their tables left out. */
final class PartitionLedgers {
  private final SortedMap<WalletAddress, List<LedgerEvent>> streams = new TreeMap<>();
  private final List<Term> terms = new ArrayList<>();
  private final List<LedgerEvent> events = new ArrayList<>();

  private record Term(long block, ServiceName service, Duration lockPeriod) {}

  void apply(ChainRecord record) {
    Cause cause = record.cause();
    switch (record.event()) {
      case ChainEvent.OwnerFact fact ->
          append(fact.owner(), LedgerRules.decide(ledger(fact.owner()), fact, cause, terms()));
      case ChainEvent.LockPeriodSet set ->
          terms.add(new Term(record.position().block(), set.service(), set.lockPeriod()));
      case ChainEvent.BlockSealed _ -> List.copyOf(streams.keySet()).forEach(owner ->
          append(owner, RefundLockExpiry.events(ledger(owner), owner, cause, terms())));
      case ChainEvent.BranchRetracted retracted -> {
        terms.removeIf(term -> term.block() >= retracted.fromBlock());
        List.copyOf(streams.keySet()).forEach(owner -> rewind(owner, retracted.fromBlock(), cause));
      }
      case ChainEvent.DeploymentDeclared _, ChainEvent.ServiceRegistered _, ChainEvent.PriceSet _,
          ChainEvent.ReconciliationEnded _ -> { }
    }
  }

  private void rewind(WalletAddress owner, long fromBlock, Cause cause) {
    LedgerHistory history = new LedgerHistory(Ledger.CLOSED, fromBlock);
    streams.getOrDefault(owner, List.of()).forEach(history::add);
    if (history.hasRetracted()) {
      append(owner, List.of(history.rewind(owner, cause)));
    }
  }

  private void append(WalletAddress owner, List<LedgerEvent> added) {
    streams.computeIfAbsent(owner, _ -> new ArrayList<>()).addAll(added);
    events.addAll(added);
  }

  private ServiceTerms terms() {
    Map<ServiceName, Duration> periods = new HashMap<>();
    terms.forEach(term -> periods.put(term.service(), term.lockPeriod()));
    return new ServiceTerms(periods);
  }

  /** The owner's state by replay. */
  Ledger ledger(WalletAddress owner) {
    Ledger ledger = Ledger.CLOSED;
    for (LedgerEvent event : streams.getOrDefault(owner, List.of())) {
      ledger = ledger.evolve(event);
    }
    return ledger;
  }

  /** All events, in order. */
  List<LedgerEvent> events() {
    return List.copyOf(events);
  }
}
