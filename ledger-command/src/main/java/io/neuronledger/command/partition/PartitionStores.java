package io.neuronledger.command.partition;

import io.neuronledger.command.account.aggregate.LedgerAggregate;
import io.neuronledger.command.lock.RefundLockTable;
import io.neuronledger.command.quarantine.DeadLetters;
import io.neuronledger.command.quarantine.Quarantine;
import io.neuronledger.command.store.EventTable;
import io.neuronledger.command.store.PartitionTable;
import io.neuronledger.command.store.ServiceTermsTable;
import io.neuronledger.command.store.deployment.DeploymentTable;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;

/** The tables and repositories that a unit of work on a partition uses, in one transaction. */
public record PartitionStores(Partitions partitions, PartitionTable partition, DeploymentTable deployment,
    ServiceTermsTable terms,
    RefundLockTable locks, Quarantine quarantine, DeadLetters deadLetters, EventTable events, EventStore eventStore,
    Repository<LedgerAggregate> ledgers) {

  Aggregate<LedgerAggregate> ledgerOf(WalletAddress owner) {
    try {
      return ledgers.loadOrCreate(LedgerAggregate.idOf(owner), () -> LedgerAggregate.unknown(owner));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("creating a ledger threw a checked exception", e);
    }
  }

  /** Loads the stored state of a partition. */
  PartitionState load(int number) {
    return new PartitionState(partition.read(number), terms.current(number), deployment.read(),
        quarantine.owners(number),
        locks.of(number));
  }
}
