package io.neuronledger.query.balance;

import io.neuronledger.contracts.balance.Balances;
import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.SubAccountBalances;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.event.LedgerEvent;
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

/** Collects the state of each account after each block from the lines of a batch; the last state in a block counts. */
final class BlockStates {
  private final Map<OwnerAt, LedgerRow> ledgers = new LinkedHashMap<>();
  private final Map<SubAccountAt, SubAccountRow> subAccounts = new LinkedHashMap<>();
  private final Map<Integer, Long> firstMarkSeqs = new HashMap<>();
  private final Map<WalletAddress, Set<SubAccountId>> known;
  private final Map<WalletAddress, Set<SubAccountId>> named = new LinkedHashMap<>();

  /** @param known the sub-accounts stored before this batch, of the owners in {@link #wholeOwners} */
  BlockStates(Map<WalletAddress, Set<SubAccountId>> known) {
    this.known = known;
  }

  /** The owners with a complete state in the lines: sub-accounts missing from it are closed. */
  static Set<WalletAddress> wholeOwners(Collection<LedgerEventRecord> lines) {
    return lines.stream().filter(line -> isComplete(line.event())).map(LedgerEventRecord::owner)
        .collect(Collectors.toSet());
  }

  /** Whether the event has a complete state; a closed ledger has no sub-accounts. */
  private static boolean isComplete(LedgerEvent event) {
    return event instanceof LedgerEvent.Assigned
        || (event instanceof LedgerEvent.Booked booked && !booked.after().open());
  }

  void apply(LedgerEventRecord line) {
    firstMarkSeqs.putIfAbsent(line.partition(), line.markSeq());
    switch (line.event()) {
      case LedgerEvent.Booked booked -> booked(line, booked);
      case LedgerEvent.Assigned assigned -> assigned(line, assigned.state());
      case LedgerEvent.DiscrepancyFound _, LedgerEvent.BreachDecision _ -> { }
    }
  }

  private void booked(LedgerEventRecord line, LedgerEvent.Booked event) {
    event.subAccountState().ifPresent(state -> subAccount(line, state));
    if (isComplete(event)) {
      closeMissing(line, Set.of());
    }
    Balances after = event.after();
    ledger(line, after.open(), after.available(), after.locked());
  }

  private void assigned(LedgerEventRecord line, LedgerState state) {
    closeMissing(line, state.subAccounts().stream().map(subAccount -> subAccount(line, subAccount))
        .collect(Collectors.toSet()));
    Neuron locked = state.subAccounts().stream().map(SubAccountState::balance).reduce(Neuron.ZERO, Neuron::plus);
    ledger(line, state.open(), state.available(), locked);
  }

  private void closeMissing(LedgerEventRecord line, Set<SubAccountId> remaining) {
    Set<SubAccountId> missing = new TreeSet<>(known.getOrDefault(line.owner(), Set.of()));
    missing.addAll(named.getOrDefault(line.owner(), Set.of()));
    missing.removeAll(remaining);
    missing.forEach(id -> subAccount(line, SubAccountBalances.CLOSED.of(id)));
  }

  private void ledger(LedgerEventRecord line, boolean open, Neuron available, Neuron locked) {
    if (line.dropped()) {
      return;
    }
    OwnerAt key = new OwnerAt(line.owner(), line.block().orElseThrow(), line.markSeq());
    LedgerRow earlier = ledgers.get(key);
    boolean wasOpen = open || (earlier != null && earlier.wasOpen());
    ledgers.put(key, new LedgerRow(line.partition(), open, wasOpen, available, locked));
  }

  private SubAccountId subAccount(LedgerEventRecord line, SubAccountState state) {
    SubAccountId id = new SubAccountId(line.owner(), state.provider(), state.service());
    named.computeIfAbsent(id.owner(), _ -> new LinkedHashSet<>()).add(id);
    if (!line.dropped()) {
      subAccounts.put(new SubAccountAt(id, line.block().orElseThrow(), line.markSeq()),
          new SubAccountRow(line.partition(), state));
    }
    return id;
  }

  /**
   * Whether an earlier batch may have stored rows of this span: only true for the partition's first span in this
   * batch.
   */
  boolean mayHaveBegunBefore(int partition, long markSeq) {
    return Long.valueOf(markSeq).equals(firstMarkSeqs.get(partition));
  }

  Map<OwnerAt, LedgerRow> ledgers() {
    return ledgers;
  }

  Map<SubAccountAt, SubAccountRow> subAccounts() {
    return subAccounts;
  }

  /**
   * Whether the newest state in this batch has refunds, by sub-account. Sub-accounts without a state in this batch are
   * absent.
   */
  Map<SubAccountId, Boolean> refundsPending() {
    Map<SubAccountId, SubAccountAt> newest = new HashMap<>();
    subAccounts.keySet().forEach(at -> newest.merge(at.id(), at, (one, other) ->
        Comparator.comparingLong(SubAccountAt::block).thenComparingLong(SubAccountAt::markSeq).compare(one, other) > 0
            ? one : other));
    Map<SubAccountId, Boolean> pending = new HashMap<>();
    newest.forEach((id, at) -> pending.put(id,
        !Objects.requireNonNull(subAccounts.get(at)).state().refunds().isEmpty()));
    return pending;
  }

  /** Every sub-account named in the lines, including retracted branches. */
  List<SubAccountId> subAccountIds() {
    return named.values().stream().flatMap(Set::stream).toList();
  }

  /** A ledger in one block, in one span of its partition. */
  record OwnerAt(WalletAddress owner, long block, long markSeq) {}

  /** @param wasOpen whether it was open at any time in the block */
  record LedgerRow(int partition, boolean open, boolean wasOpen, Neuron available, Neuron locked) {}

  /** A sub-account in one block, in one span of its partition. */
  record SubAccountAt(SubAccountId id, long block, long markSeq) {}

  record SubAccountRow(int partition, SubAccountState state) {}
}
