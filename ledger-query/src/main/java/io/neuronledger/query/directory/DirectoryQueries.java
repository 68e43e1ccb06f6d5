package io.neuronledger.query.directory;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.LedgerView;
import io.neuronledger.contracts.view.LedgersPage;
import io.neuronledger.contracts.view.RefundView;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.balance.StoredRefund;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.ValueFilter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/**
 * Lists ledgers, from owner to owner along the index: the cost of a page depends on its size, not on the length of the
 * histories. A page looks at a bounded number of owners: where few of them match, it ends early, and says so.
 */
final class DirectoryQueries {
  /** The most owners that a page looks at. */
  static final int OWNERS_MAX = 1_000;

  private static final String LIST = "ledgers1";

  /**
   * {0} the end of the previous page, {1} the answer's block and {2} its time, {3} the number of owners to look at;
   * filters: {4} whether open, {5} the least total and {6} the least available amount, {7} the time without activity
   * since and {8} until when usage counts, {9} providers, {10} whether to look for refunds, and {11} whether for
   * claimable ones only, or for waiting ones only; {12} the default lock period in seconds, {13} the maximum number of
   * rows. The last owner looked at is a row also where it does not match.
   */
  private static final String PAGE = """
      WITH RECURSIVE found (owner, place) AS (
          (SELECT owner, 1 FROM ledger_state WHERE owner > {0}::bytea ORDER BY owner LIMIT 1)
          UNION ALL
          SELECT (SELECT next.owner FROM ledger_state AS next WHERE next.owner > found.owner
              ORDER BY next.owner LIMIT 1), found.place + 1
          FROM found WHERE found.owner IS NOT NULL AND found.place < {3})
      SELECT found.owner::bytea AS owner, found.place, now.open, now.available::numeric AS available,
          now.locked::numeric AS locked, now.quarantined, matching.matches
      FROM found
      LEFT JOIN LATERAL (
          SELECT state.open, state.available, state.locked, state.block, %s AS quarantined
          FROM ledger_state AS state JOIN partition ON partition.partition = state.partition
          WHERE state.owner = found.owner AND %s
          ORDER BY %s LIMIT 1) AS now ON TRUE
      CROSS JOIN LATERAL (SELECT coalesce(
          (now.open OR EXISTS (
            SELECT FROM ledger_state AS past JOIN partition ON partition.partition = past.partition
            WHERE past.owner = found.owner AND past.was_open AND %s))
          AND ({4}::boolean IS NULL OR now.open = {4})
          AND ({5}::numeric IS NULL OR now.available::numeric + now.locked::numeric >= {5})
          AND ({6}::numeric IS NULL OR now.available >= {6})
          AND ({7}::timestamptz IS NULL
            OR ((SELECT block_time FROM block WHERE block.block = now.block) < {7}
              AND NOT EXISTS (SELECT FROM usage_request AS request WHERE request.owner = found.owner
                AND request.completed_at >= {7} AND request.reversed_seq IS NULL AND request.set_apart IS NULL
                AND ({8}::timestamptz IS NULL OR request.completed_at <= {8}))))
          AND (NOT {10} AND cardinality({9}::bytea[]) = 0 OR EXISTS (
            SELECT FROM sub_account AS account
            CROSS JOIN LATERAL (
              SELECT known.partition, known.open, known.refunds
              FROM sub_account_state AS known JOIN partition ON partition.partition = known.partition
              WHERE known.owner = account.owner AND known.provider = account.provider
                AND known.service = account.service AND %s
              ORDER BY %s LIMIT 1) AS its
            WHERE account.owner = found.owner AND its.open
              AND (cardinality({9}::bytea[]) = 0 OR account.provider = ANY ({9}))
              AND (NOT {10} OR EXISTS (
                SELECT FROM jsonb_array_elements(its.refunds) AS refund (value)
                WHERE {11}::boolean IS NULL OR {11} = (%s)))))
        , FALSE) AS matches) AS matching
      WHERE found.owner IS NOT NULL AND (matching.matches OR found.place = {3})
      LIMIT {13}""".formatted(Visibility.quarantined("found.owner"), Visibility.sees("state", "{1}"),
      Visibility.newestFirst("state"), Visibility.sees("past", "{1}"), Visibility.sees("known", "{1}"),
      Visibility.newestFirst("known"),
      StoredRefund.isClaimable("(refund.value ->> 'requested_at')::timestamptz", "{2}::timestamptz", """
          coalesce((SELECT lock_seconds FROM service_terms AS set_terms
            WHERE set_terms.partition = its.partition AND set_terms.service = account.service
              AND set_terms.block <= {1} ORDER BY set_terms.block DESC LIMIT 1), {12})"""));

  /** @param past whether only usage counts that was completed by the block's time */
  LedgersPage page(LedgersFilter filter, Page page, AsOf asOf, boolean past, DSLContext db) {
    byte[] after = page.after(LIST, 1).map(parts -> Page.address(parts.getFirst()).bytes()).orElse(new byte[0]);
    List<Record> rows = List.copyOf(db.resultQuery(PAGE, val(after), val(asOf.block()), instant(
        Optional.of(asOf.blockTime())), val(OWNERS_MAX),
        val(filter.state().size() == 1 ? filter.state().contains(LedgerView.State.OPEN) : null, SQLDataType.BOOLEAN),
        amount(filter.minTotal()), amount(filter.minAvailable()),
        instant(filter.inactiveSince().map(since -> since.time())),
        instant(past ? Optional.of(asOf.blockTime()) : Optional.empty()), ValueFilter.addresses(filter.provider()),
        val(!filter.refundState().isEmpty()),
        val(filter.refundState().size() == 1 ? filter.refundState().contains(RefundView.State.CLAIMABLE) : null,
            SQLDataType.BOOLEAN),
        val(RefundRules.LOCK_PERIOD_DEFAULT.toSeconds()), val(page.limit() + 1)).fetch());
    List<LedgersPage.Line> shown = rows.stream().filter(row -> row.get("matches", Boolean.class)).limit(page.limit())
        .map(DirectoryQueries::line).toList();
    Optional<String> next = end(rows, shown, page.limit()).map(owner -> Page.cursor(LIST, owner.value()));
    return new LedgersPage(asOf, shown, next.isPresent(), next);
  }

  /** The owner after which the next page begins; empty if all owners were looked at. */
  private static Optional<WalletAddress> end(List<Record> rows, List<LedgersPage.Line> shown, int limit) {
    if (rows.size() > limit) {
      return Optional.of(shown.getLast().owner());
    }
    return rows.stream().filter(row -> row.get("place", Integer.class) == OWNERS_MAX).findFirst()
        .map(row -> WalletAddress.of(row.get("owner", byte[].class)));
  }

  private static Field<?> instant(Optional<Instant> at) {
    return val(at.map(each -> each.atOffset(ZoneOffset.UTC)).orElse(null), SQLDataType.TIMESTAMPWITHTIMEZONE);
  }

  private static Field<?> amount(Optional<Neuron> amount) {
    return val(amount.map(each -> new BigDecimal(each.value())).orElse(null), SQLDataType.NUMERIC);
  }

  private static LedgersPage.Line line(Record row) {
    Neuron available = neuron(row, "available");
    Neuron locked = neuron(row, "locked");
    return new LedgersPage.Line(WalletAddress.of(row.get("owner", byte[].class)),
        row.get("quarantined", boolean.class),
        row.get("open", boolean.class) ? LedgerView.State.OPEN : LedgerView.State.CLOSED, available, locked,
        available.plus(locked));
  }

  private static Neuron neuron(Record row, String column) {
    return new Neuron(row.get(column, BigDecimal.class).toBigIntegerExact());
  }
}
