package io.neuronledger.query.settlement;

import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.LedgerEventRecord;
import io.neuronledger.query.projection.Provenance;
import io.neuronledger.query.projection.UnnestRows;
import io.neuronledger.query.settlement.matching.DirtyRange;
import io.neuronledger.query.settlement.matching.ResultColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;

/** Writes settlements as the chain reported them. */
final class SettlementRows {
  private static final String ADD = """
      INSERT INTO settlement (partition, seq, owner, provider, service, block, transaction_index, step, branch,
        block_hash,
        block_time, transaction_hash, log_index, nonce, asked, amount, written_off, retracted)
      SELECT * FROM $rows
      ON CONFLICT ON CONSTRAINT settlement_pk DO NOTHING""";
  private static final String RETRACT = """
      UPDATE settlement SET retracted = TRUE, state = NULL, requests = 0, fee_sum = 0, difference = 0, inside = 0,
        unreported = 0, first_at = NULL, first_request = NULL, reach_at = NULL, reach_request = NULL,
        reach_settled = 0, reach_written_off = 0, reach_reported = 0
      FROM $rows AS retraction (partition, from_block)
      WHERE settlement.partition = retraction.partition AND settlement.block >= retraction.from_block
        AND NOT settlement.retracted
      RETURNING settlement.partition, owner, provider, service, block, transaction_index, step""";
  /** This transaction has already written the partitions and quarantines. */
  private static final String SEALED = """
      SELECT settlement.partition, owner, provider, service, block, transaction_index, step
      FROM $rows AS input (partition) JOIN partition USING (partition)
        JOIN settlement ON settlement.partition = partition.partition AND %s
      WHERE settlement.state IS NULL AND NOT settlement.retracted"""
      .formatted(Visibility.seesRecord("settlement"));

  private final DSLContext db;

  SettlementRows(DSLContext db) {
    this.db = db;
  }

  /** A settlement that was retracted within its batch marks its sub-account as changed, as in a batch of its own. */
  int add(List<LedgerEventRecord> settled, DirtyRange touched) {
    UnnestRows rows = UnnestRows.of("int4", "int8", "bytea", "bytea", "text", "int8", "int4", "int4", "int4", "bytea",
        "timestamptz", "bytea", "int4", "numeric", "numeric", "numeric", "numeric", "bool");
    for (LedgerEventRecord line : settled) {
      LedgerEvent.FeesSettled event = (LedgerEvent.FeesSettled) line.event();
      Cause cause = event.cause();
      rows.add(line.partition(), line.seq(), event.owner(), event.subAccount().provider(), event.subAccount().service(),
          cause.position().block(), cause.position().transaction(), cause.position().step(), cause.branch(),
          cause.blockHash(), cause.blockTime(), Provenance.transactionHash(cause), Provenance.logIndex(cause),
          event.nonce().map(SettlementNonce::toString), event.asked(), event.amount(), event.writtenOff(),
          line.dropped());
      if (line.dropped()) {
        touched.settlement(event.subAccount(), line.partition(), cause.position());
      }
    }
    return rows.write(db, ADD);
  }

  /** Retracted settlements cover nothing; the later ones cover other requests. */
  void retract(List<Batch.Retraction> retractions, DirtyRange touched) {
    UnnestRows rows = UnnestRows.of("int4", "int8");
    retractions.forEach(retraction -> rows.add(retraction.partition(), retraction.fromBlock()));
    rows.read(db, RETRACT, row -> touch(row, touched));
  }

  /** The settlements at or below their partition's seal that are not matched yet. */
  void sealed(Set<Integer> partitions, DirtyRange touched) {
    UnnestRows input = UnnestRows.of("int4");
    partitions.forEach(input::add);
    input.read(db, SEALED, row -> touch(row, touched));
  }

  private static boolean touch(ResultSet row, DirtyRange touched) throws SQLException {
    touched.settlement(ResultColumns.subAccount(row), row.getInt("partition"), ResultColumns.position(row));
    return true;
  }
}
