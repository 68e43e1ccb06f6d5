package io.neuronledger.query.provider;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.usage.ProviderView;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.math.BigDecimal;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Sums over a provider. The running totals are as of each partition's seal; settlements after the answer's block are
 * subtracted.
 */
final class ProviderQueries {
  private static final String SUMS = """
      WITH later AS (
        SELECT owner, service, sum(amount) AS amount, sum(written_off) AS written_off FROM settlement
        WHERE provider = {0} AND NOT retracted AND state IS NOT NULL AND block > {1}
        GROUP BY owner, service),
      meters AS (
        SELECT owner, requests, used, router_requests, router_used, settled - coalesce(later.amount, 0) AS settled,
          usage_meter.written_off - coalesce(later.written_off, 0) AS written_off
        FROM usage_meter LEFT JOIN later USING (owner, service)
        WHERE provider = {0})
      SELECT count(DISTINCT owner) AS owners, count(*) AS sub_accounts, sum(requests)::bigint AS requests,
        sum(used::numeric) AS used, sum(settled) AS settled, sum(written_off) AS written_off,
        sum(greatest(used - settled - written_off, 0)) AS unsettled,
        sum(greatest(settled + written_off - used, 0)) AS unreported,
        sum(router_requests)::bigint AS router_requests, sum(router_used::numeric) AS router_used
      FROM meters WHERE requests > 0 OR router_requests > 0 OR settled > 0 OR written_off > 0""";

  ProviderView provider(WalletAddress provider, AsOf asOf, DSLContext db) {
    Record row = db.resultQuery(SUMS, val(provider.bytes()), val(asOf.block()))
        .fetchSingle();
    if (row.get("sub_accounts", Long.class) == 0) {
      throw Refusal.at(asOf, ProblemCode.PROVIDER_NOT_FOUND,
          provider + " settled nothing up to block " + asOf.block() + ", and no usage of it was reported");
    }
    return new ProviderView(asOf, provider, row.get("owners", Long.class), row.get("sub_accounts", Long.class),
        row.get("requests", Long.class), sum(row, "used"), sum(row, "settled"), sum(row, "written_off"),
        sum(row, "unsettled"), sum(row, "unreported"), row.get("router_requests", Long.class),
        sum(row, "router_used"));
  }

  private static NeuronSum sum(Record row, String column) {
    return new NeuronSum(row.get(column, BigDecimal.class).toBigIntegerExact());
  }
}
