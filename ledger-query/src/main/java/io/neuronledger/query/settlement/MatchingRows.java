package io.neuronledger.query.settlement;

import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.projection.UnnestRows;
import io.neuronledger.query.settlement.Matching.Claim;
import io.neuronledger.query.settlement.Matching.Fee;
import io.neuronledger.query.settlement.Matching.Match;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;

/** What matching reads and writes, for many sub-accounts in each statement. */
final class MatchingRows {
  private final DSLContext db;

  /**
   * Where matching of a sub-account goes on.
   *
   * @param settlementTouched whether its settlements changed, and not only its usage
   * @param behind the last settlement that the news do not touch; none where they touch all
   */
  record Start(int nth, SubAccountId subAccount, int partition, boolean settlementTouched,
      Optional<ChainPosition> behind,
      MatchingCursor reach) {}

  /** A settlement and its row. */
  record StoredClaim(int partition, long seq, Claim claim) {}

  /** What all settlements of a sub-account leave. */
  record Total(int partition, MatchingCursor reach) {}

  MatchingRows(DSLContext db) {
    this.db = db;
  }

  List<Start> starts(DirtyRange touched) {
    UnnestRows told =
        UnnestRows.of("int4", "int4", "bytea", "bytea", "text", "int8", "int4", "int4", "timestamptz", "text");
    List<Map.Entry<SubAccountId, DirtyRange.From>> entries = new ArrayList<>(touched.from().entrySet());
    for (int nth = 0; nth < entries.size(); nth++) {
      SubAccountId id = entries.get(nth).getKey();
      DirtyRange.From from = entries.get(nth).getValue();
      told.add(nth, from.partition(), id.owner(), id.provider(), id.service(), from.settlement()
          .map(ChainPosition::block),
          from.settlement().map(ChainPosition::transaction), from.settlement().map(ChainPosition::step),
          from.request().map(RequestKey::when), from.request().map(request -> request.id().value()));
    }
    return told.read(db, MatchingSql.STARTS, row -> {
      Map.Entry<SubAccountId, DirtyRange.From> entry = entries.get(row.getInt("nth"));
      boolean fromBeginning = row.getObject("block") == null;
      return new Start(row.getInt("nth"), entry.getKey(), entry.getValue().partition(),
          entry.getValue().settlement().isPresent(),
          fromBeginning ? Optional.empty() : Optional.of(ResultColumns.position(row)),
          fromBeginning ? MatchingCursor.START : reach(row));
    });
  }

  private static MatchingCursor reach(ResultSet row) throws SQLException {
    return new MatchingCursor(ResultColumns.sum(row, "reach_settled"), ResultColumns.sum(row, "reach_written_off"),
        ResultColumns.sum(row, "reach_reported"), ResultColumns.request(row, "reach_at", "reach_request"));
  }

  /** The settlements behind each start, in order; nothing for those that have none. */
  Map<Start, List<StoredClaim>> claims(List<Start> starts) {
    UnnestRows told = UnnestRows.of("int4", "bytea", "bytea", "text", "int8", "int4", "int4");
    Map<Integer, Start> byNth = new HashMap<>();
    for (Start start : starts) {
      byNth.put(start.nth(), start);
      // Before every position where there is none to stand behind.
      ChainPosition behind = start.behind().orElse(new ChainPosition(0, 0, 0));
      told.add(start.nth(), start.subAccount().owner(), start.subAccount().provider(), start.subAccount().service(),
          start.behind().isPresent() ? behind.block() : -1L, behind.transaction(), behind.step());
    }
    Map<Start, List<StoredClaim>> claims = new LinkedHashMap<>();
    told.read(db, MatchingSql.CLAIMS, row ->
        claims.computeIfAbsent(byNth.get(row.getInt("nth")), _ -> new ArrayList<>())
        .add(new StoredClaim(row.getInt("partition"), row.getLong("seq"),
            new Claim(new SettlementId(ResultColumns.position(row), row.getInt("branch")),
                ResultColumns.neuron(row, "amount"),
                ResultColumns.neuron(row, "written_off")))));
    return claims;
  }

  /** The direct usage behind each start's reach. */
  Map<Start, UsageCursor> usage(List<Start> starts) {
    Map<Integer, List<Fee>> pieces = new HashMap<>();
    UnnestRows told = UnnestRows.of("int4", "bytea", "bytea", "text", "timestamptz", "text");
    starts.forEach(start -> tell(told, start, start.reach().through()));
    told.read(db, MatchingSql.USAGE,
        row -> pieces.computeIfAbsent(row.getInt("nth"), _ -> new ArrayList<>()).add(fee(row)));
    Map<Start, UsageCursor> tails = new HashMap<>();
    for (Start start : starts) {
      tails.put(start, new UsageCursor(pieces.getOrDefault(start.nth(), List.of()), last -> {
        UnnestRows next = UnnestRows.of("int4", "bytea", "bytea", "text", "timestamptz", "text");
        tell(next, start, Optional.of(last));
        return next.read(db, MatchingSql.USAGE, MatchingRows::fee);
      }));
    }
    return tails;
  }

  private static void tell(UnnestRows told, Start start, Optional<RequestKey> behind) {
    SubAccountId id = start.subAccount();
    told.add(start.nth(), id.owner(), id.provider(), id.service(),
        behind.map(request -> request.when().toString()).orElse("-infinity"),
        behind.map(request -> request.id().value()).orElse(""));
  }

  private static Fee fee(ResultSet row) throws SQLException {
    return new Fee(ResultColumns.request(row, "completed_at", "request_id").orElseThrow(),
        ResultColumns.neuron(row, "fee"));
  }

  int assign(Map<StoredClaim, Match> matches) {
    UnnestRows told =
        UnnestRows.of("int4", "int8", "text", "int8", "numeric", "numeric", "numeric", "numeric", "timestamptz",
        "text", "timestamptz", "text", "numeric", "numeric", "numeric");
    matches.forEach((stored, match) -> {
      MatchingCursor reach = match.reach();
      told.add(stored.partition(), stored.seq(), match.state().word(), match.requests(), match.feeSum().toString(),
          match.difference().toString(), match.inside().toString(), match.unreported().toString(),
          match.first().map(RequestKey::when), match.first().map(first -> first.id().value()),
          reach.through().map(RequestKey::when), reach.through().map(last -> last.id().value()),
          reach.settled().toString(), reach.writtenOff().toString(), reach.reported().toString());
    });
    return told.write(db, MatchingSql.ASSIGN);
  }

  int assignTotals(Map<SubAccountId, Total> totals) {
    UnnestRows told = UnnestRows.of("bytea", "bytea", "text", "int4", "numeric", "numeric");
    totals.forEach((id, total) -> told.add(id.owner(), id.provider(), id.service(), total.partition(),
        total.reach().settled().toString(), total.reach().writtenOff().toString()));
    return told.write(db, MatchingSql.ASSIGN_TOTALS);
  }
}
