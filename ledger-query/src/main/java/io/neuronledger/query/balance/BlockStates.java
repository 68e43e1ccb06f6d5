package io.neuronledger.query.balance;

import io.neuronledger.contracts.event.Balances;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.LedgerState;
import io.neuronledger.contracts.event.SubAccountState;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.projection.LedgerEventRecord;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The state in which each block left each account, as the lines of a batch tell it: the last one of a block counts. */
final class BlockStates {
  private final Map<OwnerAt, LedgerRow> ledgers = new LinkedHashMap<>();
  private final Map<SubAccountAt, SubAccountRow> subAccounts = new LinkedHashMap<>();
  private final Map<Integer, Long> firstStretches = new HashMap<>();
  private final Map<WalletAddress, Set<SubAccountId>> known;
  private final Map<WalletAddress, Set<SubAccountId>> met = new LinkedHashMap<>();

  /** @param known the sub-accounts stored before this batch, of {@link #wholeOwners} */
  BlockStates(Map<WalletAddress, Set<SubAccountId>> known) {
    this.known = known;
  }

  /** The owners of whom a line tells everything: sub-accounts that it does not name are gone then. */
  static Set<WalletAddress> wholeOwners(Collection<LedgerEventRecord> lines) {
    return lines.stream().filter(line -> tellsEverything(line.event())).map(LedgerEventRecord::owner)
        .collect(Collectors.toSet());
  }

  /** A complete state, or a closed ledger, which has no sub-accounts. */
  private static boolean tellsEverything(LedgerEvent event) {
    return event instanceof LedgerEvent.Assigned
        || (event instanceof LedgerEvent.Booked booked && !booked.after().open());
  }

  void take(LedgerEventRecord line) {
    firstStretches.putIfAbsent(line.partition(), line.stretch());
    switch (line.event()) {
      case LedgerEvent.Booked booked -> booked(line, booked.after());
      case LedgerEvent.Assigned assigned -> assigned(line, assigned.state());
      case LedgerEvent.DiscrepancyFound _, LedgerEvent.DiscrepancyResolved _ -> { }
    }
  }

  private void booked(LedgerEventRecord line, Balances after) {
    after.subAccount().ifPresent(state -> subAccount(line, state));
    if (tellsEverything(line.event())) {
      gone(line, Set.of());
    }
    ledger(line, after.open(), after.available(), after.locked());
  }

  private void assigned(LedgerEventRecord line, LedgerState state) {
    gone(line, state.subAccounts().stream().map(subAccount -> subAccount(line, subAccount))
        .collect(Collectors.toSet()));
    Neuron locked = state.subAccounts().stream().map(SubAccountState::balance).reduce(Neuron.ZERO, Neuron::plus);
    ledger(line, state.open(), state.available(), locked);
  }

  private void gone(LedgerEventRecord line, Set<SubAccountId> left) {
    Set<SubAccountId> gone = new TreeSet<>(known.getOrDefault(line.owner(), Set.of()));
    gone.addAll(met.getOrDefault(line.owner(), Set.of()));
    gone.removeAll(left);
    gone.forEach(id -> subAccount(line,
        new SubAccountState(id.provider(), id.service(), false, Neuron.ZERO, false, List.of())));
  }

  private void ledger(LedgerEventRecord line, boolean open, Neuron available, Neuron locked) {
    if (line.dropped()) {
      return;
    }
    OwnerAt key = new OwnerAt(line.owner(), line.block().orElseThrow(), line.stretch());
    LedgerRow earlier = ledgers.get(key);
    boolean wasOpen = open || (earlier != null && earlier.wasOpen());
    ledgers.put(key, new LedgerRow(line.partition(), open, wasOpen, available, locked));
  }

  private SubAccountId subAccount(LedgerEventRecord line, SubAccountState state) {
    SubAccountId id = new SubAccountId(line.owner(), state.provider(), state.service());
    met.computeIfAbsent(id.owner(), _ -> new LinkedHashSet<>()).add(id);
    if (!line.dropped()) {
      subAccounts.put(new SubAccountAt(id, line.block().orElseThrow(), line.stretch()),
          new SubAccountRow(line.partition(), state));
    }
    return id;
  }

  /**
   * Whether rows of this stretch may be there from an earlier batch: only those of the first one of the partition may.
   */
  boolean mayHaveBegunBefore(int partition, long stretch) {
    return Long.valueOf(stretch).equals(firstStretches.get(partition));
  }

  Map<OwnerAt, LedgerRow> ledgers() {
    return ledgers;
  }

  Map<SubAccountAt, SubAccountRow> subAccounts() {
    return subAccounts;
  }

  /** The sub-accounts to which the lines leave a state, and whether the newest one holds refunds. */
  Map<SubAccountId, Boolean> refundsPending() {
    Map<SubAccountId, SubAccountAt> newest = new HashMap<>();
    subAccounts.keySet().forEach(at -> newest.merge(at.id(), at, (one, other) ->
        Comparator.comparingLong(SubAccountAt::block).thenComparingLong(SubAccountAt::stretch).compare(one, other) > 0
            ? one : other));
    Map<SubAccountId, Boolean> pending = new HashMap<>();
    newest.forEach((id, at) -> pending.put(id,
        !Objects.requireNonNull(subAccounts.get(at)).state().refunds().isEmpty()));
    return pending;
  }

  /** Every sub-account that the lines name, also on branches that are gone. */
  List<SubAccountId> met() {
    return met.values().stream().flatMap(Set::stream).toList();
  }

  /** A ledger in one block, in one stretch of its partition. */
  record OwnerAt(WalletAddress owner, long block, long stretch) {}

  /** @param wasOpen at some moment of the block */
  record LedgerRow(int partition, boolean open, boolean wasOpen, Neuron available, Neuron locked) {}

  /** A sub-account in one block, in one stretch of its partition. */
  record SubAccountAt(SubAccountId id, long block, long stretch) {}

  record SubAccountRow(int partition, SubAccountState state) {}
}
