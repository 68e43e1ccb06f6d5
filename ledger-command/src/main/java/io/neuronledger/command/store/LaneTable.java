package io.neuronledger.command.store;

import io.neuronledger.contracts.event.Lanes;
import io.neuronledger.contracts.value.ChainPosition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stored position of each lane. Its compare-and-set is what makes the lane's writer the only one. */
public final class LaneTable {
  private final JdbcClient jdbc;

  public LaneTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Makes the rows of a fresh store.
   *
   * @throws IllegalStateException if this store was made for another number of lanes
   */
  public void ensure(Lanes lanes) {
    for (String table : List.of("lane", "lane_head")) {
      jdbc.sql("INSERT INTO " + table + " (lane) SELECT generate_series(0, :last) WHERE NOT EXISTS (SELECT FROM " + table
          + ") ON CONFLICT DO NOTHING").param("last", lanes.count() - 1).update();
    }
    int stored = jdbc.sql("SELECT count(*) FROM lane").query(Integer.class).single();
    if (stored != lanes.count()) {
      throw new IllegalStateException("this event store has " + stored + " lanes, and neuron-ledger.lanes says "
          + lanes.count() + ": the number is fixed for a deployment");
    }
  }

  public LaneRow read(int lane) {
    return jdbc.sql("SELECT * FROM lane WHERE lane = :lane").param("lane", lane).query(LaneTable::row).single();
  }

  /**
   * Moves the lane's position behind a batch, before anything of the batch is worked on.
   *
   * @return empty if the lane is no longer as {@code from} says: somebody else works on it
   */
  public Optional<LaneRow> advance(LaneRow from, long nextSeq, long nextOffset) {
    int moved = jdbc.sql("""
        UPDATE lane SET next_seq = :nextSeq, next_offset = :nextOffset
        WHERE lane = :lane AND next_seq = :expected AND epoch = :epoch""")
        .param("nextSeq", nextSeq).param("nextOffset", nextOffset)
        .param("lane", from.lane()).param("expected", from.nextSeq()).param("epoch", from.epoch())
        .update();
    return moved == 1 ? Optional.of(from.moved(nextSeq, nextOffset)) : Optional.empty();
  }

  /** Takes the lane for this transaction, and makes its intake notice. */
  public LaneRow take(int lane) {
    return jdbc.sql("UPDATE lane SET epoch = epoch + 1 WHERE lane = :lane RETURNING *").param("lane", lane)
        .query(LaneTable::row).single();
  }

  /** Stores what a batch did to the lane, in the transaction that moved or took it. */
  public void store(LaneRow row) {
    jdbc.sql("""
        UPDATE lane SET branch = :branch, sealed_block = :sealed, finalized_block = :finalized, last_block = :block,
          last_transaction = :transaction, last_step = :step, next_sequence = :nextSequence
        WHERE lane = :lane""")
        .param("branch", row.branch()).param("sealed", row.sealedBlock()).param("finalized", row.finalizedBlock())
        .param("block", row.last().block()).param("transaction", row.last().transaction())
        .param("step", row.last().step()).param("nextSequence", row.nextSequence()).param("lane", row.lane())
        .update();
  }

  private static LaneRow row(ResultSet row, int number) throws SQLException {
    ChainPosition last = new ChainPosition(row.getLong("last_block"), row.getInt("last_transaction"),
        row.getInt("last_step"));
    return new LaneRow(row.getInt("lane"), row.getLong("next_seq"), row.getLong("next_offset"), row.getLong("epoch"),
        row.getInt("branch"), row.getLong("sealed_block"), row.getLong("finalized_block"), last,
        row.getLong("next_sequence"));
  }
}
