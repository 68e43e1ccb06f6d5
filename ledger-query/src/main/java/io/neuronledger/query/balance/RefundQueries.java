package io.neuronledger.query.balance;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.RefundView;
import io.neuronledger.contracts.view.RefundsPage;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.ValueFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;
import tools.jackson.databind.json.JsonMapper;

/** Answers with the active refunds of all owners at a block, with the lock periods in force there. */
public final class RefundQueries {
  private static final String LIST = "refunds1";
  private static final int CURSOR_PARTS = 5;

  /**
   * The sub-accounts that may have refunds as of block {0}, {@code candidates}: those whose newest stored state has
   * some, and those whose visible state may be older than it, with a state of that block, which may be restated and
   * sealed again, or of a later one, and those of quarantined owners.
   *
   * @param wanted the condition on {@code owner}
   */
  public static String candidates(String wanted) {
    return """
        candidates AS (
          SELECT owner, provider, service FROM sub_account WHERE refunds_pending AND %1$s
          UNION ALL
          SELECT owner, provider, service
          FROM (SELECT owner, provider, service FROM sub_account_state WHERE block >= {0} AND %1$s
            UNION SELECT owner, provider, service FROM sub_account JOIN quarantine USING (owner) WHERE %1$s) AS later
            JOIN sub_account USING (owner, provider, service)
          WHERE NOT refunds_pending)""".formatted(wanted);
  }

  /**
   * What follows {@code FROM candidates}: the refunds of each sub-account as of block {0}, {@code refund.value}, and
   * the lock time of its service then, {@code terms.lock_seconds}; NULL where none was set.
   */
  public static final String OF_CANDIDATES = """
      CROSS JOIN LATERAL (
        SELECT known.partition, known.refunds
        FROM sub_account_state AS known JOIN partition ON partition.partition = known.partition
        WHERE known.owner = candidates.owner AND known.provider = candidates.provider
          AND known.service = candidates.service AND %s
        ORDER BY %s LIMIT 1) AS state
      LEFT JOIN LATERAL (
        SELECT lock_seconds FROM service_terms AS set_terms
        WHERE set_terms.partition = state.partition AND set_terms.service = candidates.service
          AND set_terms.block <= {0}
        ORDER BY set_terms.block DESC LIMIT 1) AS terms ON TRUE
      CROSS JOIN LATERAL jsonb_array_elements(state.refunds) AS refund (value)"""
      .formatted(Visibility.sees("known", "{0}"), Visibility.newestFirst("known"));

  /**
   * {0} the answer's block and {1} its time, {2} the default lock period in seconds, for services without terms;
   * filters: {3} owner, {4} providers, {5} services, {6} whether claimable; {7} to {11} the end of the previous page,
   * {12} the maximum number of rows.
   */
  private static final String PAGE = """
      WITH %s,
      refunds AS (
        SELECT candidates.owner, candidates.provider, candidates.service, refund.value, refund.value ->> 'id' AS id,
          (refund.value ->> 'requested_at')::timestamptz AS requested_at,
          coalesce(terms.lock_seconds, {2}) AS lock_seconds
        FROM candidates
        %s
        WHERE (cardinality({4}::bytea[]) = 0 OR candidates.provider = ANY ({4}))
          AND (cardinality({5}::text[]) = 0 OR candidates.service = ANY ({5})))
      SELECT owner::bytea, provider::bytea, service, value::text AS refund, id, requested_at, lock_seconds,
        %s AS quarantined
      FROM refunds
      WHERE ({6}::boolean IS NULL OR {6} = (%s))
        AND ({7}::bytea IS NULL
          OR (owner::bytea, service, provider::bytea, requested_at, id) > ({7}, {8}, {9}, {10}::timestamptz, {11}))
      ORDER BY refunds.owner, service, refunds.provider, requested_at, id
      LIMIT {12}"""
      .formatted(candidates("({3}::bytea IS NULL OR owner = {3})"), OF_CANDIDATES,
          Visibility.quarantined("refunds.owner"), StoredRefund.isClaimable("requested_at", "{1}", "lock_seconds"));

  private final JsonMapper json;

  RefundQueries(JsonMapper json) {
    this.json = json;
  }

  RefundsPage page(RefundFilter filter, Page page, AsOf asOf, DSLContext db) {
    Optional<List<String>> after = page.after(LIST, CURSOR_PARTS);
    List<Record> rows = List.copyOf(db.resultQuery(PAGE, binds(filter, after, page, asOf)).fetch());
    List<RefundsPage.Line> shown = rows.stream().limit(page.limit()).map(row -> line(row, asOf)).toList();
    return new RefundsPage(asOf, shown, rows.size() > page.limit(), rows.size() > page.limit()
        ? Optional.of(cursor(rows.get(page.limit() - 1)))
        : Optional.empty());
  }

  private static QueryPart[] binds(RefundFilter filter, Optional<List<String>> after, Page page, AsOf asOf) {
    return new QueryPart[] {
        val(asOf.block()),
        val(asOf.blockTime().atOffset(ZoneOffset.UTC)),
        val(RefundRules.LOCK_PERIOD_DEFAULT.toSeconds()),
        val(filter.owner().map(WalletAddress::bytes).orElse(null), SQLDataType.BLOB),
        ValueFilter.addresses(filter.provider()),
        ValueFilter.texts(filter.service(), ServiceName::value),
        val(filter.state().size() == 1 ? filter.state().contains(RefundView.State.CLAIMABLE) : null,
            SQLDataType.BOOLEAN),
        val(after.map(parts -> bytes(parts.get(0))).orElse(null), SQLDataType.BLOB),
        val(after.map(parts -> parts.get(1)).orElse(null), SQLDataType.VARCHAR),
        val(after.map(parts -> bytes(parts.get(2))).orElse(null), SQLDataType.BLOB),
        val(after.map(parts -> Page.instant(parts.get(3)).atOffset(ZoneOffset.UTC)).orElse(null),
            SQLDataType.TIMESTAMPWITHTIMEZONE),
        val(after.map(parts -> parts.get(4)).orElse(null), SQLDataType.VARCHAR),
        val(page.limit() + 1)};
  }

  private static byte[] bytes(String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw Page.badCursor();
    }
  }

  private static String cursor(Record last) {
    return Page.cursor(LIST, HexFormat.of().formatHex(last.get("owner", byte[].class)),
        last.get("service", String.class), HexFormat.of().formatHex(last.get("provider", byte[].class)),
        last.get("requested_at", Instant.class).toString(), last.get("id", String.class));
  }

  private RefundsPage.Line line(Record row, AsOf asOf) {
    StoredRefund refund = json.readValue(row.get("refund", String.class), StoredRefund.class);
    return new RefundsPage.Line(address(row, "owner"), address(row, "provider"),
        new ServiceName(row.get("service", String.class)), row.get("quarantined", Boolean.class),
        refund.view(Duration.ofSeconds(row.get("lock_seconds", Long.class)), asOf.blockTime()));
  }

  private static WalletAddress address(Record row, String column) {
    return WalletAddress.of(row.get(column, byte[].class));
  }
}
