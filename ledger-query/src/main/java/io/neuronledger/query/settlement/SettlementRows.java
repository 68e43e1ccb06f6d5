package io.neuronledger.query.settlement;

import static io.neuronledger.query.db.Tables.SETTLEMENT;

import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.projection.ResultColumns;
import io.neuronledger.query.projection.UnnestRows;
import io.neuronledger.query.settlement.matching.DirtyRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.jooq.DSLContext;

/** Finds the stored settlements that retractions and seals change. */
final class SettlementRows {
  private static final String RETRACT = """
      UPDATE settlement SET retracted = TRUE, state = NULL, requests = 0, fee_sum = 0, difference = 0, inside = 0,
        unreported = 0, first_at = NULL, first_request = NULL, reach_at = NULL, reach_request = NULL,
        reach_settled = 0, reach_written_off = 0, reach_reported = 0
      FROM $rows AS retraction ($columns)
      WHERE settlement.partition = retraction.partition AND settlement.block >= retraction.from_block
        AND NOT settlement.retracted
      RETURNING settlement.partition, owner, provider, service, block, transaction_index, step""";
  /** This transaction has already written the partitions and quarantines. */
  private static final String SEALED = """
      SELECT settlement.partition, owner, provider, service, block, transaction_index, step
      FROM $rows AS input ($columns) JOIN partition USING (partition)
        JOIN settlement ON settlement.partition = partition.partition AND %s
      WHERE settlement.state IS NULL AND NOT settlement.retracted"""
      .formatted(Visibility.seals("settlement"));

  private final DSLContext db;

  SettlementRows(DSLContext db) {
    this.db = db;
  }

  /** Retracted settlements cover nothing; the later ones cover other requests. */
  void retract(UnnestRows retractions, DirtyRange touched) {
    retractions.read(db, RETRACT, row -> touch(row, touched));
  }

  /** The settlements at or below their partition's seal that are not matched yet. */
  void sealed(Set<Integer> partitions, DirtyRange touched) {
    UnnestRows input = UnnestRows.of(SETTLEMENT.PARTITION);
    partitions.forEach(input::add);
    input.read(db, SEALED, row -> touch(row, touched));
  }

  private static boolean touch(ResultSet row, DirtyRange touched) throws SQLException {
    touched.settlement(ResultColumns.subAccount(row), row.getInt("partition"), ResultColumns.position(row));
    return true;
  }
}
