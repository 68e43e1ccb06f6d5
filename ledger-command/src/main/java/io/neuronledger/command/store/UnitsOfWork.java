package io.neuronledger.command.store;

import java.util.function.Supplier;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Axon's units of work, each one transaction: what is applied and published inside is appended at its end, or not at
 * all.
 */
public final class UnitsOfWork {
  private final TransactionManager transactions;

  public UnitsOfWork(TransactionManager transactions) {
    this.transactions = transactions;
  }

  /**
   * Runs {@code work} and commits; whatever it throws rolls back.
   *
   * @param name for Axon's messages
   * @throws org.axonframework.modelling.command.ConcurrencyException if somebody else has appended to a stream
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
