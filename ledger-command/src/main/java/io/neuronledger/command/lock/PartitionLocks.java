package io.neuronledger.command.lock;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.account.ServiceTerms;
import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The due refund locks of one partition. At most seals no lock is due: so this class keeps, per service, the oldest
 * locked refund and the newest announced one, and queries the table only when one of them has passed its lock, or is
 * locked again. The bounds may be too wide, never too narrow.
 */
public final class PartitionLocks {
  private final RefundLockTable table;
  private final int partition;
  private final Map<ServiceName, Bounds> bounds = new HashMap<>();

  /** Request times in seconds since 1970. */
  record Bounds(long oldestLocked, long newestAnnounced) {
    static final Bounds NONE = new Bounds(Long.MAX_VALUE, Long.MIN_VALUE);

    Bounds and(long requestedAt, boolean announced) {
      return announced
          ? new Bounds(oldestLocked, Math.max(newestAnnounced, requestedAt))
          : new Bounds(Math.min(oldestLocked, requestedAt), newestAnnounced);
    }
  }

  PartitionLocks(RefundLockTable table, int partition) {
    this.table = table;
    this.partition = partition;
    bounds.putAll(table.bounds(partition));
  }

  /** Widens the bounds by the owner's active refunds; {@link #assign} stores them later. */
  public void include(Ledger ledger) {
    ledger.activeRefunds().forEach(active -> {
      long requestedAt = active.refund().requestedAt().getEpochSecond();
      ServiceName service = active.subAccount().service();
      bounds.put(service, bounds.getOrDefault(service, Bounds.NONE).and(requestedAt, active.refund().announced()));
    });
  }

  /** Replaces the stored refunds of these owners. */
  public void assign(Map<WalletAddress, List<RefundLock>> refundsByOwner) {
    table.assign(partition, refundsByOwner);
  }

  /** The services that may have due refunds at this block time. */
  public SortedSet<ServiceName> dueServices(Instant blockTime, ServiceTerms terms) {
    SortedSet<ServiceName> due = new TreeSet<>();
    bounds.forEach((service, bound) -> {
      long passed = RefundRules.latestClaimable(blockTime, terms.lockPeriod(service));
      if (bound.oldestLocked() <= passed || bound.newestAnnounced() > passed) {
        due.add(service);
      }
    });
    return due;
  }

  /** The owners with a due refund in the table; first call {@link #assign} with all changes of the unit of work. */
  public SortedSet<WalletAddress> dueOwners(SortedSet<ServiceName> services, Instant blockTime, ServiceTerms terms) {
    SortedSet<WalletAddress> owners = new TreeSet<>();
    for (ServiceName service : services) {
      owners.addAll(
          table.due(partition, service, RefundRules.latestClaimable(blockTime, terms.lockPeriod(service))));
    }
    return owners;
  }

  /** Reloads the exact bounds, after the due locks' events are applied and assigned. */
  public void tighten() {
    bounds.clear();
    bounds.putAll(table.bounds(partition));
  }
}
