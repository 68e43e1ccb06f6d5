package io.neuronledger.command.store;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.foundation.partitionlog.reader.PositionConflict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stored position of each partition. Its comparison with the loaded one admits one writer per partition. */
public final class PartitionTable {
  private static final String STORE = """
      UPDATE partition SET next_seq = ?, next_offset = ?, branch = ?, sealed_block = ?, finalized_block = ?,
        last_block = ?, last_transaction = ?, last_step = ?, next_sequence = ?
      WHERE partition = ?""";

  private final JdbcTemplate template;
  private final JdbcClient jdbc;

  public PartitionTable(JdbcTemplate template) {
    this.template = template;
    this.jdbc = JdbcClient.create(template);
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
   * Locks the partitions for this transaction, in order of number.
   *
   * @param loaded their rows as last loaded or stored
   * @throws PositionConflict if another writer has moved or claimed one since
   */
  public void lock(List<PartitionRow> loaded) {
    Map<Integer, PartitionRow> stored = jdbc.sql("""
        SELECT * FROM partition WHERE partition IN (:partitions) ORDER BY partition FOR UPDATE""")
        .param("partitions", loaded.stream().map(PartitionRow::partition).toList())
        .query(PartitionTable::row).list().stream()
        .collect(Collectors.toMap(PartitionRow::partition, row -> row));
    for (PartitionRow each : loaded) {
      if (!each.equals(stored.get(each.partition()))) {
        throw new PositionConflict(each.partition());
      }
    }
  }

  /** Locks the partition for this transaction and increments its epoch, so that its intake loads it again. */
  public PartitionRow claim(int partition) {
    return jdbc.sql("UPDATE partition SET epoch = epoch + 1 WHERE partition = :partition RETURNING *")
        .param("partition", partition)
        .query(PartitionTable::row).single();
  }

  /** Stores the partitions' new state, in the transaction that has locked or claimed them. */
  public void store(List<PartitionRow> rows) {
    template.batchUpdate(STORE, rows.stream().map(row -> new Object[] {row.nextSeq(), row.nextOffset(), row.branch(),
        row.sealedBlock(), row.finalizedBlock(), row.last().block(), row.last().transaction(), row.last().step(),
        row.nextSequence(), row.partition()}).toList());
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
