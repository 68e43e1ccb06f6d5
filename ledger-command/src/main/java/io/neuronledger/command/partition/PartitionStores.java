package io.neuronledger.command.partition;

import io.neuronledger.command.account.aggregate.LedgerAggregate;
import io.neuronledger.command.lock.RefundLockTable;
import io.neuronledger.command.quarantine.DeadLetters;
import io.neuronledger.command.quarantine.Quarantine;
import io.neuronledger.command.store.EventTable;
import io.neuronledger.command.store.LedgerEventStore;
import io.neuronledger.command.store.PartitionTable;
import io.neuronledger.command.store.ServiceTermsTable;
import io.neuronledger.command.store.deployment.DeploymentTable;
import io.neuronledger.command.store.service.KnownServices;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.common.caching.Cache;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables and repositories that a unit of work on a partition uses, in one transaction.
 *
 * @param cache of {@code ledgers}
 */
public record PartitionStores(Partitions partitions, Tables tables, Quarantine quarantine, DeadLetters deadLetters,
    LedgerEventStore eventStore, Repository<LedgerAggregate> ledgers, Cache cache) {
  /** The tables of one database. */
  public record Tables(PartitionTable partition, DeploymentTable deployment, ServiceTermsTable terms,
      KnownServices services, RefundLockTable locks, EventTable events) {
    public static Tables in(DataSource source) {
      JdbcTemplate template = new JdbcTemplate(source);
      JdbcClient jdbc = JdbcClient.create(template);
      return new Tables(new PartitionTable(template), new DeploymentTable(jdbc), new ServiceTermsTable(jdbc),
          new KnownServices(jdbc), new RefundLockTable(template), new EventTable(jdbc));
    }
  }

  /** Reads the ledgers that are not cached, together: {@link #ledgerOf} then reads nothing for them. */
  void prefetch(Stream<WalletAddress> owners) {
    List<String> streams = owners.distinct().map(LedgerAggregate::idOf).filter(id -> !cache.containsKey(id)).toList();
    if (streams.size() > 1) {
      eventStore.prefetch(streams);
    }
  }

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
    return new PartitionState(tables.partition.read(number), tables.terms.current(number),
        tables.services.of(number), tables.deployment.read(), quarantine.owners(number), tables.locks.of(number));
  }
}
