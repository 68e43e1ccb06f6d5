package io.neuronledger.query.settlement.matching;

import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.settlement.matching.Matching.Match;
import io.neuronledger.query.settlement.matching.MatchingRows.ClaimRow;
import io.neuronledger.query.settlement.matching.MatchingRows.Start;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/**
 * Matches changed sub-accounts again, from the first affected settlement on; the result equals matching from the
 * beginning. The number of statements does not depend on the number of sub-accounts.
 */
public final class Rematching {
  private final DSLContext db;
  private final MatchingRows rows;

  public Rematching(DSLContext db) {
    this.db = db;
    this.rows = new MatchingRows(db);
  }

  /**
   * Writes the new settlements too.
   *
   * @return the number of rows written
   */
  public int match(DirtyRange touched, NewSettlements added) {
    Map<ClaimRow, Match> matches = new HashMap<>();
    int totals = touched.from().isEmpty() ? 0 : matchTouched(touched, added, matches);
    int written = added.write(matches, db);
    matches.keySet().removeIf(added::contains);
    return totals + written + rows.assign(matches);
  }

  private int matchTouched(DirtyRange touched, NewSettlements added, Map<ClaimRow, Match> matches) {
    List<Start> starts = rows.starts(touched);
    Map<Start, List<ClaimRow>> claims = claims(starts, added);
    Map<Start, UsageCursor> usage = rows.usage(new ArrayList<>(claims.keySet()));
    Map<SubAccountId, MatchingRows.Total> totals = new LinkedHashMap<>();
    for (Start start : starts) {
      List<ClaimRow> after = claims.getOrDefault(start, List.of());
      MatchingCursor cursor = start.cursor();
      if (!after.isEmpty()) {
        List<Match> found = Matching.match(cursor, usage.getOrDefault(start, UsageCursor.NONE),
            after.stream().map(ClaimRow::claim).toList());
        for (int i = 0; i < found.size(); i++) {
          matches.put(after.get(i), found.get(i));
        }
        cursor = found.getLast().cursor();
      }
      if (!after.isEmpty() || start.settlementTouched()) {
        totals.put(start.subAccount(), new MatchingRows.Total(start.partition(), cursor));
      }
    }
    return rows.assignTotals(totals);
  }

  /** The stored and the new settlements after each start, in order; a start without any has no entry. */
  private Map<Start, List<ClaimRow>> claims(List<Start> starts, NewSettlements added) {
    Map<Start, List<ClaimRow>> claims = rows.claims(starts);
    for (Start start : starts) {
      List<ClaimRow> sealed = added.sealed(start.subAccount());
      if (!sealed.isEmpty()) {
        List<ClaimRow> all = claims.computeIfAbsent(start, _ -> new ArrayList<>());
        all.addAll(sealed);
        all.sort(Comparator.comparing(row -> row.claim().id().position()));
      }
    }
    return claims;
  }
}
