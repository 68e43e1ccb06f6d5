package io.neuronledger.command.lock;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.account.ServiceTerms;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is due in one partition. Every block is sealed in every partition, and at most seals nothing is due: so it
 * remembers, per service, the oldest refund still waiting and the newest announced one, and asks the table only when
 * one of them has passed its lock, or is back inside. The bounds may be too wide, never too narrow.
 */
public final class PartitionLocks {
  private final RefundLockTable table;
  private final int partition;
  private final Map<ServiceName, Bounds> bounds = new HashMap<>();

  /** Seconds since 1970. */
  record Bounds(long oldestWaiting, long newestAnnounced) {
    static final Bounds NONE = new Bounds(Long.MAX_VALUE, Long.MIN_VALUE);

    Bounds and(long requestedAt, boolean announced) {
      return announced
          ? new Bounds(oldestWaiting, Math.max(newestAnnounced, requestedAt))
          : new Bounds(Math.min(oldestWaiting, requestedAt), newestAnnounced);
    }
  }

  PartitionLocks(RefundLockTable table, int partition) {
    this.table = table;
    this.partition = partition;
    bounds.putAll(table.bounds(partition));
  }

  /** What the unit of work made of an owner's refunds so far; stored when it is assigned. */
  public void note(Ledger ledger) {
    ledger.activeRefunds().forEach(active -> {
      long requestedAt = active.refund().requestedAt().getEpochSecond();
      ServiceName service = active.subAccount().service();
      bounds.put(service, bounds.getOrDefault(service, Bounds.NONE).and(requestedAt, active.refund().announced()));
    });
  }

  /** Stores the owners' active refunds in place of what was stored of them. */
  public void assign(Map<WalletAddress, List<RefundLock>> refundsByOwner) {
    table.assign(partition, refundsByOwner);
  }

  /** The services of which something must be said at this block time. */
  public SortedSet<ServiceName> dueServices(Instant blockTime, ServiceTerms terms) {
    SortedSet<ServiceName> due = new TreeSet<>();
    bounds.forEach((service, bound) -> {
      long passed = passed(blockTime, terms.lockPeriod(service));
      if (bound.oldestWaiting() <= passed || bound.newestAnnounced() > passed) {
        due.add(service);
      }
    });
    return due;
  }

  /** The owners with such a refund, as stored; call {@link #assign} before with all that the unit of work changed. */
  public SortedSet<WalletAddress> dueOwners(SortedSet<ServiceName> services, Instant blockTime, ServiceTerms terms) {
    SortedSet<WalletAddress> owners = new TreeSet<>();
    for (ServiceName service : services) {
      owners.addAll(table.due(partition, service, passed(blockTime, terms.lockPeriod(service))));
    }
    return owners;
  }

  /** Makes the bounds exact again, after what was due has been said and assigned. */
  public void tighten() {
    bounds.clear();
    bounds.putAll(table.bounds(partition));
  }

  /** Asked for at or before this second: the lock has passed. */
  private static long passed(Instant blockTime, Duration lockPeriod) {
    try {
      return Math.subtractExact(blockTime.getEpochSecond(), lockPeriod.toSeconds());
    } catch (ArithmeticException _) {
      return Long.MIN_VALUE;
    }
  }
}
