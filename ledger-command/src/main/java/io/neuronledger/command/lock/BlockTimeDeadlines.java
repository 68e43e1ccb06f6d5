package io.neuronledger.command.lock;

import io.neuronledger.command.account.BlockTimeReached;
import io.neuronledger.command.account.aggregate.LedgerAggregate;
import org.axonframework.deadline.GenericDeadlineMessage;
import org.axonframework.modelling.command.Aggregate;

/**
 * Delivers Axon's deadlines to ledgers by block time. {@link RefundLockTable} has the due refunds, and a seal is the
 * clock tick: the block whose time ends a lock has one. A deadline manager with its own clock would fire before the
 * chain reaches the time, and would need an update at every change of a lock period and every fork.
 */
public final class BlockTimeDeadlines {
  private BlockTimeDeadlines() {}

  /** Runs within the unit of work that records the block; the ledger decides which refunds are due. */
  public static void deliver(Aggregate<LedgerAggregate> ledger, BlockTimeReached time) {
    try {
      ledger.handle(new GenericDeadlineMessage<>(LedgerAggregate.LOCK_DEADLINE, time));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a ledger's deadline handler threw a checked exception", e);
    }
  }
}
