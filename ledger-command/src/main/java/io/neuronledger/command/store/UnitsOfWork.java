package io.neuronledger.command.store;

import java.util.function.Supplier;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Runs Axon's units of work, each in one transaction: all events applied and published inside are appended at its end,
 * or none.
 */
public final class UnitsOfWork {
  private final TransactionManager transactions;

  public UnitsOfWork(TransactionManager transactions) {
    this.transactions = transactions;
  }

  /**
   * Runs {@code work} and commits; an exception rolls back.
   *
   * @param name for Axon's messages
   * @throws org.axonframework.modelling.command.ConcurrencyException if another writer has appended to a stream
   *     meanwhile
   */
  public <T> T run(String name, Supplier<T> work) {
    UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>(name));
    try {
      unitOfWork.attachTransaction(transactions);
      T result = work.get();
      unitOfWork.commit();
      return result;
    } catch (RuntimeException | Error e) {
      if (unitOfWork.isActive()) {
        unitOfWork.rollback(e);
      }
      throw e;
    }
  }
}
