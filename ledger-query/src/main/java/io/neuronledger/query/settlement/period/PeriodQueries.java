package io.neuronledger.query.settlement.period;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.query.request.ValueFilter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/** Streams usage and payments of providers in a period. */
final class PeriodQueries {
  private static final int FETCH_SIZE = 1_000;

  /**
   * Usage by the hour of completion, settlements by block time; a day is 24 whole hours. {0} providers, {1} the start
   * of the period, {2} its exclusive end, {3} the answer's block.
   */
  private static final String REPORTED = """
      WITH reported AS (
        SELECT provider, owner, service, sum(fees::numeric) FILTER (WHERE hour < {1}::timestamptz) AS before,
          sum(fees::numeric) FILTER (WHERE {1}::timestamptz IS NULL OR hour >= {1}::timestamptz) AS used,
          sum(unverified_fees::numeric)
            FILTER (WHERE {1}::timestamptz IS NULL OR hour >= {1}::timestamptz) AS unverified_used,
          sum(requests) FILTER (WHERE {1}::timestamptz IS NULL OR hour >= {1}::timestamptz) AS requests
        FROM usage_hour
        WHERE source = 'direct' AND (cardinality({0}::bytea[]) = 0 OR provider = ANY ({0}))
          AND ({2}::timestamptz IS NULL OR hour < {2}::timestamptz)
        GROUP BY provider, owner, service),
      """;
  private static final String REPORTED_THEN = """
      WITH reported AS (
        SELECT request.provider, request.owner, request.service,
          sum(request.fee::numeric) FILTER (WHERE request.completed_at < {1}::timestamptz) AS before,
          sum(request.fee::numeric)
            FILTER (WHERE {1}::timestamptz IS NULL OR request.completed_at >= {1}::timestamptz) AS used,
          sum(request.unverified_fee::numeric)
            FILTER (WHERE {1}::timestamptz IS NULL OR request.completed_at >= {1}::timestamptz) AS unverified_used,
          count(*) FILTER (WHERE {1}::timestamptz IS NULL OR request.completed_at >= {1}::timestamptz) AS requests
        FROM %s AND request.source = 'direct'
          AND (cardinality({0}::bytea[]) = 0 OR request.provider = ANY ({0}))
          AND ({2}::timestamptz IS NULL OR request.completed_at < {2}::timestamptz)
        GROUP BY request.provider, request.owner, request.service),
      """.formatted(RecordsThen.REQUESTS);
  private static final String PAID = """
      paid AS (
        SELECT provider, owner, service,
          sum(amount::numeric + written_off::numeric) FILTER (WHERE block_time < {1}::timestamptz) AS before,
          sum(amount::numeric) FILTER (WHERE {1}::timestamptz IS NULL OR block_time >= {1}::timestamptz) AS settled,
          sum(written_off::numeric)
            FILTER (WHERE {1}::timestamptz IS NULL OR block_time >= {1}::timestamptz) AS written_off,
          count(*) FILTER (WHERE {1}::timestamptz IS NULL OR block_time >= {1}::timestamptz) AS settlements
        FROM %s AND block <= {3}
          AND (cardinality({0}::bytea[]) = 0 OR provider = ANY ({0}))
          AND ({2}::timestamptz IS NULL OR block_time < {2}::timestamptz)
        GROUP BY provider, owner, service),
      sub_accounts AS (
        SELECT provider, owner, service, coalesce(reported.before, 0) - coalesce(paid.before, 0) AS opening,
          coalesce(used, 0) AS used, coalesce(unverified_used, 0) AS unverified_used,
          coalesce(requests, 0) AS requests, coalesce(settled, 0) AS settled,
          coalesce(written_off, 0) AS written_off, coalesce(settlements, 0) AS settlements
        FROM reported FULL JOIN paid USING (provider, owner, service))
      """;
  private static final String NOW =
      REPORTED + PAID.formatted("settlement WHERE NOT retracted AND state IS NOT NULL");
  /** The same as it was at positions, {4}, with the last marks before them, {5}. */
  private static final String THEN = REPORTED_THEN + PAID.formatted(RecordsThen.SETTLEMENTS);
  private static final String BY_SUB_ACCOUNT = """
      SELECT provider, owner, service, opening, used, unverified_used, requests, settled, written_off, settlements,
        opening + used - settled - written_off AS closing
      FROM sub_accounts ORDER BY provider, owner, service""";
  private static final String BY_PROVIDER = """
      SELECT provider, NULL::bytea AS owner, NULL::text AS service, sum(opening) AS opening, sum(used) AS used,
        sum(unverified_used) AS unverified_used, sum(requests) AS requests, sum(settled) AS settled,
        sum(written_off) AS written_off, sum(settlements) AS settlements,
        sum(opening) + sum(used) - sum(settled) - sum(written_off) AS closing
      FROM sub_accounts GROUP BY provider ORDER BY provider""";
  private static final String KNOWN = """
      SELECT coalesce(sum(requests), 0)::bigint AS requests,
        (SELECT max(recorded_at) FROM usage_partition) AS recorded_at
      FROM usage_meter WHERE cardinality({0}::bytea[]) = 0 OR provider = ANY ({0})""";

  /**
   * The usage recorded so far.
   *
   * @param requests the number of direct requests of the reported providers
   * @param lastRecordedAt when the newest report of any provider was recorded
   */
  record Known(long requests, Optional<Instant> lastRecordedAt) {}

  Known known(PeriodFilter filter, DSLContext db) {
    return db.resultQuery(KNOWN, ValueFilter.addresses(filter.provider())).fetchSingle(row -> new Known(
        row.get("requests", Long.class), Optional.ofNullable(row.get("recorded_at", Instant.class))));
  }

  /** Streams all rows, ordered by provider, owner and service. */
  void each(PeriodFilter filter, AsOf asOf, DSLContext db, Consumer<PeriodRow> each) {
    each(NOW, filter, asOf, RecordsThen.UNUSED, db, each);
  }

  /** Streams the rows as they were then. */
  void each(PeriodFilter filter, AsOf asOf, RecordsThen then, DSLContext db, Consumer<PeriodRow> each) {
    each(THEN, filter, asOf, then, db, each);
  }

  private static void each(String subAccounts, PeriodFilter filter, AsOf asOf, RecordsThen then, DSLContext db,
      Consumer<PeriodRow> each) {
    try (Stream<Record> rows = db.resultQuery(subAccounts + (filter.bySubAccount() ? BY_SUB_ACCOUNT : BY_PROVIDER),
        ValueFilter.addresses(filter.provider()), instant(filter.period().from()), instant(filter.period().until()),
        val(asOf.block()), then.positionsOf(), then.marksOf())
        .fetchSize(FETCH_SIZE).fetchStream()) {
      rows.map(PeriodQueries::row).forEach(each);
    }
  }

  private static Field<?> instant(Optional<Instant> instant) {
    return val(instant.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null), SQLDataType.TIMESTAMPWITHTIMEZONE);
  }

  private static PeriodRow row(Record row) {
    return new PeriodRow(WalletAddress.of(row.get("provider", byte[].class)),
        Optional.ofNullable(row.get("owner", byte[].class)).map(WalletAddress::of),
        Optional.ofNullable(row.get("service", String.class)).map(ServiceName::new), sum(row, "opening"),
        NeuronSum.ZERO, sum(row, "used"), sum(row, "unverified_used"), sum(row, "settled"), sum(row, "written_off"),
        sum(row, "closing"), row.get("requests", Long.class), row.get("settlements", Long.class));
  }

  private static NeuronSum sum(Record row, String column) {
    return new NeuronSum(row.get(column, BigDecimal.class).toBigIntegerExact());
  }
}
