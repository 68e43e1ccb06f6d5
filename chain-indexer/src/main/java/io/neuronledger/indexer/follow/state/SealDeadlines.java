package io.neuronledger.indexer.follow.state;

import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the partitions that must be sealed in a block although they have no record in it: those of a refund whose lock
 * ends there, because readers learn of it at a seal. Keeps the request time of every refund that may be active, beyond
 * the end of its lock, because a longer lock period locks it again; and the lock periods. Both are entries of the
 * decoder's state, so that they are stored with the events and undone by a fork. A reconciliation removes the requests
 * that are no longer active; until then each of them seals a block for nothing.
 */
public final class SealDeadlines {
  private static final String LOCK_PERIOD = "seal/lock-period/";
  /** The most characters of the keys that are removed at once. */
  private static final int REMOVED_MAX = 1 << 18;

  private final DecoderState state;
  private final Partitions partitions;
  private final RefundRequests stored;
  /** Those of the draft. A request is valid only as long as the state has it. */
  private final RefundRequests added = new RefundRequests();

  /**
   * @param state a draft over the stored state; a fork's blocks are undone in it
   * @param stored the requests in the stored state
   */
  SealDeadlines(DecoderState state, Partitions partitions, RefundRequests stored) {
    this.state = state;
    this.partitions = partitions;
    this.stored = stored;
    state.changes().forEach((key, value) -> {
      if (value.isPresent()) {
        RefundRequests.Request.of(key).ifPresent(added::add);
      }
    });
  }

  /** Adds what a reading of the block requests or sets. */
  void add(Reading reading, Instant blockTime) {
    if (reading instanceof Reading.Fact fact) {
      add(fact.event(), blockTime);
    }
  }

  private void add(ChainEvent event, Instant blockTime) {
    switch (event) {
      case ChainEvent.RefundRequested request -> add(request.owner(), request.service(), blockTime);
      case ChainEvent.Opening opening -> forEachRefund(opening.owner(), opening.state(), this::add);
      case ChainEvent.StateObserved observed -> forEachRefund(observed.owner(), observed.state(), this::add);
      case ChainEvent.ServiceRegistered service -> setLockPeriod(service.service(), service.lockPeriod());
      case ChainEvent.LockPeriodSet period -> setLockPeriod(period.service(), period.lockPeriod());
      case ChainEvent.Deposit _, ChainEvent.Transfer _, ChainEvent.Settled _, ChainEvent.SettlementRejected _,
          ChainEvent.Withdraw _, ChainEvent.SubAccountClosed _, ChainEvent.LedgerClosed _,
          ChainEvent.ProviderAcknowledged _, ChainEvent.ReconciliationEnded _, ChainEvent.DeploymentDeclared _,
          ChainEvent.BlockSealed _, ChainEvent.BranchRetracted _,
          ChainEvent.PriceSet _ -> { }
    }
  }

  /**
   * Keeps only the requests of these refunds, those of all owners. Of very many that have ended the oldest are removed:
   * all that a block changes must fit into one record that undoes it. The others are left for the next time.
   */
  public void replace(Map<WalletAddress, ObservedLedger> ledgers) {
    Set<RefundRequests.Request> active = new HashSet<>();
    ledgers.forEach((owner, ledger) -> forEachRefund(owner, ledger, active::add));
    List<RefundRequests.Request> ended = stored.all().stream().filter(request -> !active.contains(request))
        .sorted(Comparator.comparingLong(RefundRequests.Request::requestedAt)).toList();
    int removed = 0;
    for (RefundRequests.Request request : ended) {
      String key = request.key();
      if (removed + key.length() <= REMOVED_MAX) {
        removed += key.length();
        state.remove(key);
      }
    }
    active.forEach(this::add);
  }

  /**
   * The partitions with a refund whose lock ends, or begins again, between two blocks. A lock period that the second
   * one sets needs no comparison: it is a record of every partition.
   */
  BitSet due(Instant before, Instant now) {
    BitSet due = new BitSet();
    Set<ServiceName> services = new HashSet<>(stored.services());
    services.addAll(added.services());
    for (ServiceName service : services) {
      Duration lockPeriod = lockPeriod(service);
      long one = RefundRules.latestClaimable(before, lockPeriod);
      long other = RefundRules.latestClaimable(now, lockPeriod);
      Consumer<RefundRequests.Request> add = request -> {
        if (state.get(request.key()).isPresent()) {
          due.set(request.partition());
        }
      };
      stored.forEach(service, Math.min(one, other), Math.max(one, other), add);
      added.forEach(service, Math.min(one, other), Math.max(one, other), add);
    }
    return due;
  }

  private void add(WalletAddress owner, ServiceName service, Instant requestedAt) {
    add(new RefundRequests.Request(partitions.of(owner), requestedAt.getEpochSecond(), service));
  }

  private void add(RefundRequests.Request request) {
    state.put(request.key(), "");
    added.add(request);
  }

  private void forEachRefund(WalletAddress owner, ObservedLedger ledger, Consumer<RefundRequests.Request> consumer) {
    ledger.subAccounts().forEach(account -> account.refunds().forEach(refund -> consumer.accept(
        new RefundRequests.Request(partitions.of(owner), refund.requestedAt().getEpochSecond(), account.service()))));
  }

  private void setLockPeriod(ServiceName service, Duration lockPeriod) {
    state.put(LOCK_PERIOD + service, String.valueOf(lockPeriod.toSeconds()));
  }

  private Duration lockPeriod(ServiceName service) {
    return state.get(LOCK_PERIOD + service).map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .orElse(RefundRules.LOCK_PERIOD_DEFAULT);
  }
}
