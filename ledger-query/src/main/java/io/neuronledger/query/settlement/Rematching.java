package io.neuronledger.query.settlement;

import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.settlement.Matching.Match;
import io.neuronledger.query.settlement.MatchingRows.Start;
import io.neuronledger.query.settlement.MatchingRows.StoredClaim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/**
 * Matches again what news have touched, from the first touched settlement on: the same result as from the beginning.
 * Some statements for all sub-accounts together, however many a batch touches.
 */
final class Rematching {
  private final MatchingRows rows;

  Rematching(DSLContext db) {
    this.rows = new MatchingRows(db);
  }

  /** @return the number of rows written */
  int match(DirtyRange touched) {
    if (touched.from().isEmpty()) {
      return 0;
    }
    List<Start> starts = rows.starts(touched);
    Map<Start, List<StoredClaim>> claims = rows.claims(starts);
    Map<Start, UsageCursor> usage = rows.usage(new ArrayList<>(claims.keySet()));
    Map<StoredClaim, Match> matches = new LinkedHashMap<>();
    Map<SubAccountId, MatchingRows.Total> totals = new LinkedHashMap<>();
    for (Start start : starts) {
      List<StoredClaim> behind = claims.getOrDefault(start, List.of());
      MatchingCursor reach = start.reach();
      if (!behind.isEmpty()) {
        List<Match> found = Matching.match(reach, usage.getOrDefault(start, UsageCursor.NONE),
            behind.stream().map(StoredClaim::claim).toList());
        for (int i = 0; i < found.size(); i++) {
          matches.put(behind.get(i), found.get(i));
        }
        reach = found.getLast().reach();
      }
      if (!behind.isEmpty() || start.settlementTouched()) {
        totals.put(start.subAccount(), new MatchingRows.Total(start.partition(), reach));
      }
    }
    return rows.assign(matches) + rows.assignTotals(totals);
  }
}
