package io.neuronledger.query.settlement.matching;

import static io.neuronledger.query.db.Tables.SETTLEMENT;
import static io.neuronledger.query.db.Tables.USAGE_METER;
import static io.neuronledger.query.db.Tables.USAGE_REQUEST;

import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.projection.ResultColumns;
import io.neuronledger.query.projection.UnnestRows;
import io.neuronledger.query.settlement.matching.Matching.Claim;
import io.neuronledger.query.settlement.matching.Matching.Fee;
import io.neuronledger.query.settlement.matching.Matching.Match;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;

/** Reads and writes the rows of matching; each statement handles many sub-accounts. */
final class MatchingRows {
  /** The request after which the usage of a sub-account is wanted; NULL for all of it. */
  private static final Field<?>[] USAGE_AFTER = {UnnestRows.NTH, SETTLEMENT.OWNER, SETTLEMENT.PROVIDER,
      SETTLEMENT.SERVICE, SETTLEMENT.REACH_AT, SETTLEMENT.REACH_REQUEST};

  private final DSLContext db;

  /**
   * The point from which a sub-account is matched again.
   *
   * @param settlementTouched whether its settlements changed, not only its usage
   * @param after the last settlement unaffected by the changes; empty if all are affected
   */
  record Start(int nth, SubAccountId subAccount, int partition, boolean settlementTouched,
      Optional<ChainPosition> after, MatchingCursor cursor) {}

  /** A settlement and the key of its row. */
  record ClaimRow(int partition, long seq, Claim claim) {}

  /** The totals over all settlements of a sub-account. */
  record Total(int partition, MatchingCursor cursor) {}

  MatchingRows(DSLContext db) {
    this.db = db;
  }

  List<Start> starts(DirtyRange touched) {
    UnnestRows input = UnnestRows.of(UnnestRows.NTH, SETTLEMENT.PARTITION, SETTLEMENT.OWNER, SETTLEMENT.PROVIDER,
        SETTLEMENT.SERVICE, SETTLEMENT.BLOCK, SETTLEMENT.TRANSACTION_INDEX, SETTLEMENT.STEP, USAGE_REQUEST.COMPLETED_AT,
        USAGE_REQUEST.REQUEST_ID);
    List<Map.Entry<SubAccountId, DirtyRange.From>> entries = new ArrayList<>(touched.from().entrySet());
    for (int nth = 0; nth < entries.size(); nth++) {
      SubAccountId id = entries.get(nth).getKey();
      DirtyRange.From from = entries.get(nth).getValue();
      input.add(nth, from.partition(), id.owner(), id.provider(), id.service(),
          from.settlement().map(ChainPosition::block), from.settlement().map(ChainPosition::transaction),
          from.settlement().map(ChainPosition::step), from.request().map(RequestKey::when),
          from.request().map(request -> request.id().value()));
    }
    return input.read(db, MatchingSql.STARTS, row -> {
      Map.Entry<SubAccountId, DirtyRange.From> entry = entries.get(row.getInt("nth"));
      boolean fromBeginning = row.getObject("block") == null;
      return new Start(row.getInt("nth"), entry.getKey(), entry.getValue().partition(),
          entry.getValue().settlement().isPresent(),
          fromBeginning ? Optional.empty() : Optional.of(ResultColumns.position(row)),
          fromBeginning ? MatchingCursor.START : cursor(row));
    });
  }

  private static MatchingCursor cursor(ResultSet row) throws SQLException {
    return new MatchingCursor(ResultColumns.sum(row, "reach_settled"), ResultColumns.sum(row, "reach_written_off"),
        ResultColumns.sum(row, "reach_reported"), request(row, "reach_at", "reach_request"));
  }

  /** The stored settlements after each start, in order; a start without any has no entry. */
  Map<Start, List<ClaimRow>> claims(List<Start> starts) {
    UnnestRows input = UnnestRows.of(UnnestRows.NTH, SETTLEMENT.OWNER, SETTLEMENT.PROVIDER, SETTLEMENT.SERVICE,
        SETTLEMENT.BLOCK, SETTLEMENT.TRANSACTION_INDEX, SETTLEMENT.STEP);
    Map<Integer, Start> byNth = new HashMap<>();
    for (Start start : starts) {
      byNth.put(start.nth(), start);
      // Block −1 is before every position.
      ChainPosition after = start.after().orElse(new ChainPosition(0, 0, 0));
      input.add(start.nth(), start.subAccount().owner(), start.subAccount().provider(), start.subAccount().service(),
          start.after().isPresent() ? after.block() : -1L, after.transaction(), after.step());
    }
    Map<Start, List<ClaimRow>> claims = new LinkedHashMap<>();
    input.read(db, MatchingSql.CLAIMS, row ->
        claims.computeIfAbsent(byNth.get(row.getInt("nth")), _ -> new ArrayList<>())
        .add(new ClaimRow(row.getInt("partition"), row.getLong("seq"),
            new Claim(new SettlementId(ResultColumns.position(row), row.getInt("branch")),
                ResultColumns.neuron(row, "amount"),
                ResultColumns.neuron(row, "written_off")))));
    return claims;
  }

  /** The direct usage after each start's cursor. */
  Map<Start, UsageCursor> usage(List<Start> starts) {
    Map<Integer, List<Fee>> pieces = new HashMap<>();
    UnnestRows input = UnnestRows.of(USAGE_AFTER);
    starts.forEach(start -> addKey(input, start, start.cursor().through()));
    input.read(db, MatchingSql.USAGE,
        row -> pieces.computeIfAbsent(row.getInt("nth"), _ -> new ArrayList<>()).add(fee(row)));
    Map<Start, UsageCursor> tails = new HashMap<>();
    for (Start start : starts) {
      tails.put(start, new UsageCursor(pieces.getOrDefault(start.nth(), List.of()), last -> {
        UnnestRows next = UnnestRows.of(USAGE_AFTER);
        addKey(next, start, Optional.of(last));
        return next.read(db, MatchingSql.USAGE, MatchingRows::fee);
      }));
    }
    return tails;
  }

  private static void addKey(UnnestRows input, Start start, Optional<RequestKey> after) {
    SubAccountId id = start.subAccount();
    input.add(start.nth(), id.owner(), id.provider(), id.service(),
        after.map(RequestKey::when), after.map(request -> request.id().value()));
  }

  private static Fee fee(ResultSet row) throws SQLException {
    return new Fee(request(row, "completed_at", "request_id").orElseThrow(),
        ResultColumns.neuron(row, "fee"));
  }

  /** @return empty if both columns are NULL */
  private static Optional<RequestKey> request(ResultSet row, String when, String id) throws SQLException {
    OffsetDateTime at = row.getObject(when, OffsetDateTime.class);
    return at == null
        ? Optional.empty()
        : Optional.of(new RequestKey(at.toInstant(), new RequestId(row.getString(id))));
  }

  /** Assigns the matches of stored settlements. */
  int assign(Map<ClaimRow, Match> matches) {
    UnnestRows input = UnnestRows.of(MatchColumns.after(SETTLEMENT.PARTITION, SETTLEMENT.SEQ));
    matches.forEach((stored, match) ->
        input.add(MatchColumns.after(new Object[] {stored.partition(), stored.seq()}, Optional.of(match))));
    return input.write(db, MatchingSql.ASSIGN);
  }

  int assignTotals(Map<SubAccountId, Total> totals) {
    UnnestRows input = UnnestRows.of(USAGE_METER.OWNER, USAGE_METER.PROVIDER, USAGE_METER.SERVICE,
        USAGE_METER.PARTITION, USAGE_METER.SETTLED, USAGE_METER.WRITTEN_OFF);
    totals.forEach((id, total) -> input.add(id.owner(), id.provider(), id.service(), total.partition(),
        total.cursor().settled(), total.cursor().writtenOff()));
    return input.write(db, MatchingSql.ASSIGN_TOTALS);
  }
}
