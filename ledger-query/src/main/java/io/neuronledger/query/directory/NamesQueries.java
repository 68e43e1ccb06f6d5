package io.neuronledger.query.directory;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.directory.ProvidersPage;
import io.neuronledger.contracts.view.directory.ServicesPage;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.request.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Lists providers and services, from name to name along an index: the cost of a page depends on its size, not
 * on the number of rows that each name has.
 */
final class NamesQueries {
  private static final String PROVIDERS = "providers1";
  private static final String SERVICES = "services1";

  /** {0} the end of the previous page, {1} the answer's block, {2} the maximum number of rows. */
  private static final String PROVIDERS_PAGE = """
      WITH RECURSIVE found (provider) AS (
          (SELECT provider FROM usage_meter WHERE provider > {0}::bytea ORDER BY provider LIMIT 1)
          UNION ALL
          SELECT (SELECT next.provider FROM usage_meter AS next WHERE next.provider > found.provider
              ORDER BY next.provider LIMIT 1)
          FROM found WHERE found.provider IS NOT NULL)
      SELECT found.provider::bytea AS provider,
        (SELECT hour FROM usage_hour WHERE usage_hour.provider = found.provider ORDER BY hour DESC LIMIT 1) AS used,
        settled.block_time AS settled
      FROM found LEFT JOIN LATERAL (
          SELECT block_time FROM settlement
          WHERE settlement.provider = found.provider AND NOT retracted AND state IS NOT NULL AND block <= {1}
          ORDER BY block DESC, transaction_index DESC, step DESC LIMIT 1) AS settled ON TRUE
      WHERE found.provider IS NOT NULL AND (settled.block_time IS NOT NULL
        OR EXISTS (SELECT FROM usage_hour WHERE usage_hour.provider = found.provider))
      LIMIT {2}""";
  /** As above, and {3} the default lock period in seconds. */
  private static final String SERVICES_PAGE = """
      WITH RECURSIVE found (service) AS (
          SELECT least((SELECT min(service) FROM sub_account WHERE service > {0}),
            (SELECT min(service) FROM usage_meter WHERE service > {0}))
          UNION ALL
          SELECT least((SELECT min(service) FROM sub_account WHERE service > found.service),
            (SELECT min(service) FROM usage_meter WHERE service > found.service))
          FROM found WHERE found.service IS NOT NULL)
      SELECT found.service, coalesce((SELECT lock_seconds FROM service_terms AS terms
          WHERE terms.partition = 0 AND terms.service = found.service AND terms.block <= {1}
          ORDER BY terms.block DESC LIMIT 1), {3}) AS lock_seconds
      FROM found
      WHERE found.service IS NOT NULL AND (
        EXISTS (SELECT FROM usage_meter WHERE usage_meter.service = found.service
          AND (requests > 0 OR router_requests > 0))
        OR EXISTS (SELECT FROM sub_account AS account JOIN sub_account_state AS state USING (owner, provider, service)
          JOIN partition ON partition.partition = state.partition
          WHERE account.service = found.service AND state.open AND %s))
      LIMIT {2}""".formatted(Visibility.sees("state", "{1}"));

  private NamesQueries() {}

  static ProvidersPage providers(Page page, AsOf asOf, DSLContext db) {
    byte[] after = page.after(PROVIDERS, 1).map(parts -> Page.address(parts.getFirst()).bytes()).orElse(new byte[0]);
    List<Record> rows = List.copyOf(db.resultQuery(PROVIDERS_PAGE, val(after), val(asOf.block()),
        val(page.limit() + 1)).fetch());
    List<ProvidersPage.Line> shown = rows.stream().limit(page.limit()).map(row -> new ProvidersPage.Line(provider(row),
        Optional.ofNullable(row.get("used", Instant.class)), Optional.ofNullable(row.get("settled", Instant.class))))
        .toList();
    boolean hasMore = rows.size() > page.limit();
    return new ProvidersPage(asOf, shown, hasMore, hasMore
        ? Optional.of(Page.cursor(PROVIDERS, shown.getLast().provider().value())) : Optional.empty());
  }

  static ServicesPage services(Page page, AsOf asOf, DSLContext db) {
    String after = page.after(SERVICES, 1).map(List::getFirst).orElse("");
    List<Record> rows = List.copyOf(db.resultQuery(SERVICES_PAGE, val(after), val(asOf.block()),
        val(page.limit() + 1), val(RefundRules.LOCK_PERIOD_DEFAULT.toSeconds())).fetch());
    List<ServicesPage.Line> shown = rows.stream().limit(page.limit()).map(row -> new ServicesPage.Line(
        new ServiceName(row.get("service", String.class)), row.get("lock_seconds", Long.class))).toList();
    boolean hasMore = rows.size() > page.limit();
    return new ServicesPage(asOf, shown, hasMore, hasMore
        ? Optional.of(Page.cursor(SERVICES, shown.getLast().service().value())) : Optional.empty());
  }

  private static WalletAddress provider(Record row) {
    return WalletAddress.of(row.get("provider", byte[].class));
  }
}
