package io.neuronledger.query.provider;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.usage.ProviderView;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Sums over a provider. The running totals are as of each partition's seal; settlements after the answer's block are
 * subtracted. The usage of a past block is that completed by its time: whole hours by their sums, the last, partial
 * hour by request.
 */
final class ProviderQueries {
  private static final String NEWEST_USAGE = """
      WITH usage AS (
        SELECT owner, service, requests, used, unverified, router_requests, router_used, router_unverified
        FROM usage_meter WHERE provider = {0}),
      """;
  /** {2} the answer's block time, {3} the hour that it is in. */
  private static final String PAST_USAGE = """
      WITH reported AS (
        SELECT owner, service, source, requests, fees::numeric AS fees, unverified_fees::numeric AS unverified_fees
        FROM usage_hour
        WHERE provider = {0} AND hour < {3}
        UNION ALL
        SELECT request.owner, request.service, request.source, 1, request.fee::numeric,
          request.unverified_fee::numeric
        FROM (SELECT DISTINCT owner, service, source FROM usage_hour WHERE provider = {0} AND hour = {3}) AS last
          JOIN usage_request AS request ON request.owner = last.owner AND request.provider = {0}
            AND request.service = last.service AND request.source = last.source
            AND request.completed_at >= {3} AND request.completed_at <= {2} AND request.reversed_seq IS NULL
            AND request.set_apart IS NULL),
      sums AS (
        SELECT owner, service, coalesce(sum(requests) FILTER (WHERE source = 'direct'), 0) AS requests,
          coalesce(sum(fees) FILTER (WHERE source = 'direct'), 0) AS used,
          coalesce(sum(unverified_fees) FILTER (WHERE source = 'direct'), 0) AS unverified,
          coalesce(sum(requests) FILTER (WHERE source = 'router'), 0) AS router_requests,
          coalesce(sum(fees) FILTER (WHERE source = 'router'), 0) AS router_used,
          coalesce(sum(unverified_fees) FILTER (WHERE source = 'router'), 0) AS router_unverified
        FROM reported GROUP BY owner, service),
      usage AS (
        SELECT owner, service, coalesce(sums.requests, 0) AS requests, coalesce(sums.used, 0) AS used,
          coalesce(sums.unverified, 0) AS unverified, coalesce(sums.router_requests, 0) AS router_requests,
          coalesce(sums.router_used, 0) AS router_used, coalesce(sums.router_unverified, 0) AS router_unverified
        FROM usage_meter LEFT JOIN sums USING (owner, service) WHERE provider = {0}),
      """;
  private static final String SUMS = """
      later AS (
        SELECT owner, service, sum(amount) AS amount, sum(written_off) AS written_off FROM settlement
        WHERE provider = {0} AND NOT retracted AND state IS NOT NULL AND block > {1}
        GROUP BY owner, service),
      meters AS (
        SELECT owner, usage.requests, usage.used, usage.unverified, usage.router_requests, usage.router_used,
          usage.router_unverified,
          settled - coalesce(later.amount, 0) AS settled,
          usage_meter.written_off - coalesce(later.written_off, 0) AS written_off
        FROM usage_meter JOIN usage USING (owner, service) LEFT JOIN later USING (owner, service)
        WHERE provider = {0})
      SELECT count(DISTINCT owner) AS owners, count(*) AS sub_accounts, sum(requests)::bigint AS requests,
        sum(used::numeric) AS used, sum(unverified::numeric) AS unverified, sum(settled) AS settled,
        sum(written_off) AS written_off,
        sum(greatest(used - settled - written_off, 0)) AS unsettled,
        sum(greatest(settled + written_off - used, 0)) AS unreported,
        sum(router_requests)::bigint AS router_requests, sum(router_used::numeric) AS router_used,
        sum(router_unverified::numeric) AS router_unverified
      FROM meters WHERE requests > 0 OR router_requests > 0 OR settled > 0 OR written_off > 0""";

  /** @param past whether only usage counts that was completed by the block's time */
  ProviderView provider(WalletAddress provider, AsOf asOf, boolean past, DSLContext db) {
    Record row = db.resultQuery((past ? PAST_USAGE : NEWEST_USAGE) + SUMS, val(provider.bytes()), val(asOf.block()),
        val(asOf.blockTime().atOffset(ZoneOffset.UTC)),
        val(asOf.blockTime().truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC))).fetchSingle();
    if (row.get("sub_accounts", Long.class) == 0) {
      throw Refusal.at(asOf, ProblemCode.PROVIDER_NOT_FOUND,
          provider + " settled nothing up to block " + asOf.block() + ", and no usage of it was reported");
    }
    return new ProviderView(asOf, provider, row.get("owners", Long.class), row.get("sub_accounts", Long.class),
        row.get("requests", Long.class), sum(row, "used"), sum(row, "unverified"), sum(row, "settled"),
        sum(row, "written_off"), sum(row, "unsettled"), sum(row, "unreported"), row.get("router_requests", Long.class),
        sum(row, "router_used"), sum(row, "router_unverified"));
  }

  private static NeuronSum sum(Record row, String column) {
    return new NeuronSum(row.get(column, BigDecimal.class).toBigIntegerExact());
  }
}
