package io.neuronledger.query.settlement.period.kept;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.period.ReportHash;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;

/**
 * The reports of closed periods that have another hash when they are made again: part of the generation that they were
 * made from, so that a rebuild begins without them.
 */
public final class ReportDifferences {
  private static final String OF_REPORT = " WHERE period = {0} AND closed_by = {1}";

  /** Keeps that a report was made with another hash, since when, and when it was made the last time. */
  public void add(AccountingPeriod period, ReportHash closedBy, ReportHash made, Instant now, DSLContext db) {
    db.execute("INSERT INTO period_report_difference (period, closed_by, made, found_at, checked_at)"
            + " VALUES ({0}, {1}, {2}, {3}, {3}) ON CONFLICT ON CONSTRAINT period_report_difference_pk"
            + " DO UPDATE SET made = excluded.made, checked_at = excluded.checked_at",
        text(period), text(closedBy), text(made), val(now.atOffset(ZoneOffset.UTC)));
  }

  /** Removes what was kept of a report that is made with its hash again. */
  public void remove(AccountingPeriod period, ReportHash closedBy, DSLContext db) {
    db.execute("DELETE FROM period_report_difference" + OF_REPORT, text(period), text(closedBy));
  }

  /** When those of the reports that differ were made the last time, by period. */
  public Map<AccountingPeriod, Instant> checkedAt(Map<AccountingPeriod, FrozenReport> reports, DSLContext db) {
    Map<AccountingPeriod, Instant> checked = new HashMap<>();
    db.fetch("SELECT period, closed_by, checked_at FROM period_report_difference").forEach(row -> {
      AccountingPeriod period = AccountingPeriod.parse(row.get("period", String.class));
      FrozenReport report = reports.get(period);
      if (report != null && report.hash().value().equals(row.get("closed_by", String.class))) {
        checked.put(period, row.get("checked_at", Instant.class));
      }
    });
    return checked;
  }

  private static Field<String> text(Object value) {
    return val(value.toString());
  }
}
