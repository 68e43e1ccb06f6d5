package io.neuronledger.query.settlement.period;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.settlement.PeriodAdjustment;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.query.request.ValueFilter;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.QueryPart;
import org.jooq.Record;

/**
 * The lines of a period's report: what each sub-account has of each period up to this one, beyond what the reports of
 * the closed periods before have already. Those of earlier periods are its adjustments. Where nothing is closed before,
 * they are the opening balance.
 *
 * @param statement the lines as a common table, {@code line}, with its parameters {0} to {6}
 * @param adjusts whether a period is closed before
 */
record PeriodLines(String statement, AccountingPeriod period, boolean adjusts, List<QueryPart> parameters) {
  private static final int FETCH_SIZE = 1_000;

  /**
   * {0} the exclusive end of the period, {1} the last block, {2} the period, {3} the reports before, {4} the positions
   * by partition, {5} the last marks before them, {6} whether there are reports before. $beside: the schema beside the
   * generations.
   */
  private static final String BEYOND_BOOKED = """
      known AS (
        SELECT provider, owner, service, period, coalesce(used, 0) AS used,
          coalesce(unverified_used, 0) AS unverified_used, coalesce(requests, 0) AS requests,
          coalesce(settled, 0) AS settled, coalesce(written_off, 0) AS written_off,
          coalesce(settlements, 0) AS settlements
        FROM reported FULL JOIN paid USING (provider, owner, service, period)),
      booked AS (
        SELECT provider, owner, service, period, sum(used) AS used, sum(unverified_used) AS unverified_used,
          sum(requests) AS requests, sum(settled) AS settled, sum(written_off) AS written_off,
          sum(settlements) AS settlements
        FROM $beside.period_report_line WHERE report = ANY ({3}::uuid[])
        GROUP BY provider, owner, service, period),
      beyond AS (
        SELECT provider, owner, service, period, coalesce(known.used, 0) - coalesce(booked.used, 0) AS used,
          coalesce(known.unverified_used, 0) - coalesce(booked.unverified_used, 0) AS unverified_used,
          coalesce(known.requests, 0) - coalesce(booked.requests, 0) AS requests,
          coalesce(known.settled, 0) - coalesce(booked.settled, 0) AS settled,
          coalesce(known.written_off, 0) - coalesce(booked.written_off, 0) AS written_off,
          coalesce(known.settlements, 0) - coalesce(booked.settlements, 0) AS settlements,
          coalesce(booked.used - booked.settled - booked.written_off, 0) AS booked
        FROM known FULL JOIN booked USING (provider, owner, service, period)),
      line AS (
        SELECT provider, owner, service, period, used, unverified_used, requests, settled, written_off, settlements,
          CASE WHEN {6} THEN booked WHEN period < {2} THEN used - settled - written_off ELSE 0 END AS opening
        FROM beyond)
      """;

  /** Usage by the hour of completion, settlements by block time: as {@link PeriodQueries}, by month. */
  private static final String NOW = """
      WITH reported AS (
        SELECT provider, owner, service, to_char(hour AT TIME ZONE 'UTC', 'YYYY-MM') AS period,
          sum(fees::numeric) AS used, sum(unverified_fees::numeric) AS unverified_used, sum(requests) AS requests
        FROM usage_hour WHERE source = 'direct' AND hour < {0}::timestamptz
        GROUP BY 1, 2, 3, 4),
      paid AS (
        SELECT provider, owner, service, to_char(block_time AT TIME ZONE 'UTC', 'YYYY-MM') AS period,
          sum(amount::numeric) AS settled, sum(written_off::numeric) AS written_off, count(*) AS settlements
        FROM settlement
        WHERE NOT retracted AND state IS NOT NULL AND block <= {1} AND block_time < {0}::timestamptz
        GROUP BY 1, 2, 3, 4),
      """ + BEYOND_BOOKED;

  /** The same sums as they were at the positions. */
  private static final String THEN = """
      WITH reported AS (
        SELECT request.provider, request.owner, request.service,
          to_char(request.completed_at AT TIME ZONE 'UTC', 'YYYY-MM') AS period,
          sum(request.fee::numeric) AS used, sum(request.unverified_fee::numeric) AS unverified_used,
          count(*) AS requests
        FROM %s AND request.source = 'direct' AND request.completed_at < {0}::timestamptz
        GROUP BY 1, 2, 3, 4),
      paid AS (
        SELECT provider, owner, service, to_char(block_time AT TIME ZONE 'UTC', 'YYYY-MM') AS period,
          sum(amount::numeric) AS settled, sum(written_off::numeric) AS written_off, count(*) AS settlements
        FROM %s AND block <= {1} AND block_time < {0}::timestamptz
        GROUP BY 1, 2, 3, 4),
      """.formatted(RecordsThen.REQUESTS, RecordsThen.SETTLEMENTS) + BEYOND_BOOKED;

  private static final String KEPT = """
      WITH line AS (
        SELECT provider, owner, service, period, used, unverified_used, requests, settled, written_off, settlements,
          opening
        FROM $beside.period_report_line WHERE report = ANY ({3}::uuid[]))
      """;

  private static final String OF_PROVIDERS = "(cardinality({7}::bytea[]) = 0 OR provider = ANY ({7}))";
  private static final String SUMS = """
      sum(opening) AS opening,
        coalesce(sum(used - settled - written_off) FILTER (WHERE {6} AND period < {2}), 0) AS adjusted,
        coalesce(sum(used) FILTER (WHERE period = {2}), 0) AS used,
        coalesce(sum(unverified_used) FILTER (WHERE period = {2}), 0) AS unverified_used,
        coalesce(sum(requests) FILTER (WHERE period = {2}), 0) AS requests,
        coalesce(sum(settled) FILTER (WHERE period = {2}), 0) AS settled,
        coalesce(sum(written_off) FILTER (WHERE period = {2}), 0) AS written_off,
        coalesce(sum(settlements) FILTER (WHERE period = {2}), 0) AS settlements
      FROM line WHERE\s""" + OF_PROVIDERS;
  private static final String EARLIER = """
      sum(used) AS used, sum(unverified_used) AS unverified_used, sum(requests) AS requests, sum(settled) AS settled,
        sum(written_off) AS written_off, sum(settlements) AS settlements
      FROM line
      WHERE period < {2}
        AND (used <> 0 OR unverified_used <> 0 OR requests <> 0 OR settled <> 0 OR written_off <> 0
          OR settlements <> 0) AND\s"""
      + OF_PROVIDERS;

  /** As of the snapshot of the transaction that reads them. */
  static PeriodLines now(String beside, AccountingPeriod period, long block, List<UUID> before) {
    return new PeriodLines(NOW.replace("$beside", beside), period, !before.isEmpty(),
        parameters(period, block, before, RecordsThen.UNUSED, !before.isEmpty()));
  }

  /** As of positions, up to which the read model must have read. */
  static PeriodLines then(String beside, AccountingPeriod period, long block, List<UUID> before, RecordsThen then) {
    return new PeriodLines(THEN.replace("$beside", beside), period, !before.isEmpty(),
        parameters(period, block, before, then, !before.isEmpty()));
  }

  /** Of a kept report. */
  static PeriodLines kept(String beside, AccountingPeriod period, UUID report, boolean adjusts) {
    return new PeriodLines(KEPT.replace("$beside", beside), period, adjusts,
        parameters(period, 0, List.of(report), RecordsThen.UNUSED, adjusts));
  }

  private static List<QueryPart> parameters(AccountingPeriod period, long block, List<UUID> reports,
      RecordsThen then, boolean adjusts) {
    return List.of(val(period.until().atOffset(ZoneOffset.UTC)), val(block), val(period.toString()),
        val(reports.toArray(UUID[]::new)), then.positionsOf(), then.marksOf(), val(adjusts));
  }

  /** Streams a row for each sub-account, or for each provider, in the order of {@link PeriodQueries}. */
  void rows(Set<WalletAddress> providers, boolean bySubAccount, DSLContext db, Consumer<PeriodRow> each) {
    stream(bySubAccount
        ? "SELECT provider, owner, service, " + SUMS
            + " GROUP BY provider, owner, service ORDER BY provider, owner, service"
        : "SELECT provider, NULL::bytea AS owner, NULL::text AS service, " + SUMS
            + " GROUP BY provider ORDER BY provider", providers, db, row -> each.accept(row(row)));
  }

  /** Streams the adjustments, by period and in the order of the rows; none where no period is closed before. */
  void adjustments(Set<WalletAddress> providers, boolean bySubAccount, DSLContext db,
      Consumer<PeriodAdjustment> each) {
    if (adjusts) {
      earlier(providers, bySubAccount, db, each);
    }
  }

  /** Streams what belongs to earlier periods, adjustments or not. */
  void earlier(Set<WalletAddress> providers, boolean bySubAccount, DSLContext db, Consumer<PeriodAdjustment> each) {
    stream(bySubAccount
        ? "SELECT period, provider, owner, service, " + EARLIER
            + " GROUP BY period, provider, owner, service ORDER BY period, provider, owner, service"
        : "SELECT period, provider, NULL::bytea AS owner, NULL::text AS service, " + EARLIER
            + " GROUP BY period, provider ORDER BY period, provider", providers, db,
        row -> each.accept(adjustment(row)));
  }

  private void stream(String select, Set<WalletAddress> providers, DSLContext db, Consumer<Record> each) {
    QueryPart[] binds = Stream.concat(parameters.stream(), Stream.of(ValueFilter.addresses(providers)))
        .toArray(QueryPart[]::new);
    try (Stream<Record> rows = db.resultQuery(statement + select, binds).fetchSize(FETCH_SIZE).fetchStream()) {
      rows.forEach(each);
    }
  }

  private static PeriodRow row(Record row) {
    NeuronSum opening = sum(row, "opening");
    NeuronSum adjusted = sum(row, "adjusted");
    NeuronSum used = sum(row, "used");
    NeuronSum settled = sum(row, "settled");
    NeuronSum writtenOff = sum(row, "written_off");
    return new PeriodRow(provider(row), owner(row), service(row), opening, adjusted, used,
        sum(row, "unverified_used"), settled, writtenOff,
        opening.plus(adjusted).plus(used).minus(settled).minus(writtenOff), row.get("requests", Long.class),
        row.get("settlements", Long.class));
  }

  private static PeriodAdjustment adjustment(Record row) {
    return new PeriodAdjustment(AccountingPeriod.parse(row.get("period", String.class)), provider(row), owner(row),
        service(row), sum(row, "used"), sum(row, "unverified_used"), sum(row, "settled"), sum(row, "written_off"),
        row.get("requests", Long.class), row.get("settlements", Long.class));
  }

  static WalletAddress provider(Record row) {
    return WalletAddress.of(row.get("provider", byte[].class));
  }

  static Optional<WalletAddress> owner(Record row) {
    return Optional.ofNullable(row.get("owner", byte[].class)).map(WalletAddress::of);
  }

  static Optional<ServiceName> service(Record row) {
    return Optional.ofNullable(row.get("service", String.class)).map(ServiceName::new);
  }

  static NeuronSum sum(Record row, String column) {
    return new NeuronSum(row.get(column, BigDecimal.class).toBigIntegerExact());
  }
}
