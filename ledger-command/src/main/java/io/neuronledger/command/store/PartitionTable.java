package io.neuronledger.command.store;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.ChainPosition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stored position of each partition. The compare-and-set on it admits one writer per partition. */
public final class PartitionTable {
  private final JdbcClient jdbc;

  public PartitionTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Inserts the rows of an empty store.
   *
   * @throws IllegalStateException if this store was made for another number of partitions
   */
  public void ensure(Partitions partitions) {
    for (String table : List.of("partition", "partition_head")) {
      jdbc.sql("INSERT INTO " + table + " (partition) SELECT generate_series(0, :last) WHERE NOT EXISTS (SELECT FROM "
          + table
          + ") ON CONFLICT DO NOTHING").param("last", partitions.count() - 1).update();
    }
    int stored = jdbc.sql("SELECT count(*) FROM partition").query(Integer.class).single();
    if (stored != partitions.count()) {
      throw new IllegalStateException("this event store has " + stored
          + " partitions, but neuron-ledger.partitions is "
          + partitions.count() + ": the number is fixed for a deployment");
    }
  }

  public PartitionRow read(int partition) {
    return jdbc.sql("SELECT * FROM partition WHERE partition = :partition").param("partition", partition)
        .query(PartitionTable::row).single();
  }

  /**
   * Moves the partition's position to after a batch, before the batch is applied.
   *
   * @return empty if the stored position is no longer {@code from}: another writer has moved it
   */
  public Optional<PartitionRow> advance(PartitionRow from, long nextSeq, long nextOffset) {
    int moved = jdbc.sql("""
        UPDATE partition SET next_seq = :nextSeq, next_offset = :nextOffset
        WHERE partition = :partition AND next_seq = :expected AND epoch = :epoch""")
        .param("nextSeq", nextSeq).param("nextOffset", nextOffset)
        .param("partition", from.partition()).param("expected", from.nextSeq()).param("epoch", from.epoch())
        .update();
    return moved == 1 ? Optional.of(from.moved(nextSeq, nextOffset)) : Optional.empty();
  }

  /** Locks the partition for this transaction and increments its epoch, so that its intake loads it again. */
  public PartitionRow claim(int partition) {
    return jdbc.sql("UPDATE partition SET epoch = epoch + 1 WHERE partition = :partition RETURNING *")
        .param("partition", partition)
        .query(PartitionTable::row).single();
  }

  /** Stores the state after a batch, in the transaction that moved or claimed the partition. */
  public void store(PartitionRow row) {
    jdbc.sql("""
        UPDATE partition SET branch = :branch, sealed_block = :sealed, finalized_block = :finalized,
          last_block = :block, last_transaction = :transaction, last_step = :step, next_sequence = :nextSequence
        WHERE partition = :partition""")
        .param("branch", row.branch()).param("sealed", row.sealedBlock()).param("finalized", row.finalizedBlock())
        .param("block", row.last().block()).param("transaction", row.last().transaction())
        .param("step", row.last().step()).param("nextSequence", row.nextSequence()).param("partition", row.partition())
        .update();
  }

  private static PartitionRow row(ResultSet row, int number) throws SQLException {
    ChainPosition last = new ChainPosition(row.getLong("last_block"), row.getInt("last_transaction"),
        row.getInt("last_step"));
    return new PartitionRow(row.getInt("partition"), row.getLong("next_seq"), row.getLong("next_offset"),
        row.getLong("epoch"),
        row.getInt("branch"), row.getLong("sealed_block"), row.getLong("finalized_block"), last,
        row.getLong("next_sequence"));
  }
}
