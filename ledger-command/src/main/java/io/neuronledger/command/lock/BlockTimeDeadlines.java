package io.neuronledger.command.lock;

import io.neuronledger.command.account.BlockTimeReached;
import io.neuronledger.command.account.LedgerAggregate;
import org.axonframework.deadline.GenericDeadlineMessage;
import org.axonframework.modelling.command.Aggregate;

/**
 * Brings Axon's deadlines to ledgers by block time. What is due is in {@link RefundLockTable}, and a seal is what
 * passes: a manager that schedules by a clock of its own would announce what the chain has not reached, and would have
 * to be told of every change of a lock period and every fork.
 */
public final class BlockTimeDeadlines {
  private BlockTimeDeadlines() {}

  /** Within the unit of work that records the block; the ledger says what of it is due. */
  public static void reached(Aggregate<LedgerAggregate> ledger, BlockTimeReached time) {
    try {
      ledger.handle(new GenericDeadlineMessage<>(LedgerAggregate.LOCK_DEADLINE, time));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a ledger's deadline throws nothing checked", e);
    }
  }
}
