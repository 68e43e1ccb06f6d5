package io.neuronledger.query.settlement.matching;

import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.settlement.matching.Matching.Match;
import io.neuronledger.query.settlement.matching.MatchingRows.Start;
import io.neuronledger.query.settlement.matching.MatchingRows.StoredClaim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/**
 * Matches changed sub-accounts again, from the first affected settlement on; the result equals matching from the
 * beginning. The number of statements does not depend on the number of sub-accounts.
 */
public final class Rematching {
  private final MatchingRows rows;

  public Rematching(DSLContext db) {
    this.rows = new MatchingRows(db);
  }

  /** @return the number of rows written */
  public int match(DirtyRange touched) {
    if (touched.from().isEmpty()) {
      return 0;
    }
    List<Start> starts = rows.starts(touched);
    Map<Start, List<StoredClaim>> claims = rows.claims(starts);
    Map<Start, UsageCursor> usage = rows.usage(new ArrayList<>(claims.keySet()));
    Map<StoredClaim, Match> matches = new LinkedHashMap<>();
    Map<SubAccountId, MatchingRows.Total> totals = new LinkedHashMap<>();
    for (Start start : starts) {
      List<StoredClaim> after = claims.getOrDefault(start, List.of());
      MatchingCursor cursor = start.cursor();
      if (!after.isEmpty()) {
        List<Match> found = Matching.match(cursor, usage.getOrDefault(start, UsageCursor.NONE),
            after.stream().map(StoredClaim::claim).toList());
        for (int i = 0; i < found.size(); i++) {
          matches.put(after.get(i), found.get(i));
        }
        cursor = found.getLast().cursor();
      }
      if (!after.isEmpty() || start.settlementTouched()) {
        totals.put(start.subAccount(), new MatchingRows.Total(start.partition(), cursor));
      }
    }
    return rows.assign(matches) + rows.assignTotals(totals);
  }
}
