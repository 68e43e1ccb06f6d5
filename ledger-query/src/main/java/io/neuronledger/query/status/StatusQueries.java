package io.neuronledger.query.status;

import static io.neuronledger.query.db.Tables.PARTITION;
import static io.neuronledger.query.db.Tables.QUARANTINE;
import static org.jooq.impl.DSL.countDistinct;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.operation.StatusView;
import io.neuronledger.query.asof.LowestSealedBlock;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.following.FollowingReports;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.query.partition.change.Partition;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/**
 * Reads the followed deployment and its progress: from the database, the same in every instance, and from the reports
 * of chain-indexer.
 */
public final class StatusQueries {
  private final DSLContext reader;
  private final PartitionStore partitions;
  private final FollowingReports following;

  public StatusQueries(DSLContext reader, PartitionStore partitions, FollowingReports following) {
    this.reader = reader;
    this.partitions = partitions;
    this.following = following;
  }

  StatusView status() {
    return reader.transactionResult(transaction -> {
      DSLContext db = transaction.dsl();
      List<StatusView.Partition> views = partitions.all(db).stream().map(this::view).toList();
      Optional<AsOf> asOf = LowestSealedBlock.find(db, following);
      return new StatusView(partitions.deployment(db).map(StatusQueries::view), asOf, following.view(asOf),
          following.guard(), quarantinedOwners(db), views);
    });
  }

  /** The number of owners whose answers are frozen. */
  int quarantinedOwners() {
    return reader.transactionResult(transaction -> quarantinedOwners(transaction.dsl()));
  }

  private static int quarantinedOwners(DSLContext db) {
    return db.select(countDistinct(QUARANTINE.OWNER)).from(QUARANTINE).join(PARTITION)
        .on(PARTITION.PARTITION_.eq(QUARANTINE.PARTITION))
        .where(Visibility.quarantineInEffect())
        .fetchSingle(row -> row.value1());
  }

  private static StatusView.Deployment view(Deployment declared) {
    return new StatusView.Deployment(declared.chainId(), declared.family(), declared.contracts(),
        declared.startBlock(), declared.decoderVersion(), declared.partitions());
  }

  private StatusView.Partition view(Partition partition) {
    return new StatusView.Partition(partition.number(), partition.nextSeq(), partition.branch(),
        partition.seal().map(seal -> following.newest(seal.block(), seal.hash(), seal.time(),
            seal.block() <= partition.finalizedBlock())), partition.stopped());
  }
}
