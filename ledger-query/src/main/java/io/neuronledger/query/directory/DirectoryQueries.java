package io.neuronledger.query.directory;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.LedgerView;
import io.neuronledger.contracts.view.LedgersPage;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.request.Page;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Lists all ledgers, from owner to owner along the index: the cost of a page depends on its size, not on the length of
 * the histories.
 */
final class DirectoryQueries {
  private static final String LIST = "ledgers1";
  private static final int HEX_PREFIX = 2;

  private static final String PAGE = """
      WITH RECURSIVE found (owner) AS (
          (SELECT owner FROM ledger_state WHERE owner > ?::bytea ORDER BY owner LIMIT 1)
          UNION ALL
          SELECT (SELECT next.owner FROM ledger_state AS next WHERE next.owner > found.owner
              ORDER BY next.owner LIMIT 1)
          FROM found WHERE found.owner IS NOT NULL)
      SELECT found.owner::bytea AS owner, now.open, now.available::numeric AS available, now.locked::numeric AS locked,
          now.quarantined
      FROM found CROSS JOIN LATERAL (
          SELECT state.open, state.available, state.locked, %s AS quarantined
          FROM ledger_state AS state JOIN partition ON partition.partition = state.partition
          WHERE state.owner = found.owner AND %s
          ORDER BY %s LIMIT 1) AS now
      WHERE found.owner IS NOT NULL AND (now.open OR EXISTS (
          SELECT FROM ledger_state AS past JOIN partition ON partition.partition = past.partition
          WHERE past.owner = found.owner AND past.was_open AND %s))
      LIMIT ?""".formatted(Visibility.quarantined("found.owner"), Visibility.sees("state", "?"),
      Visibility.newestFirst("state"), Visibility.sees("past", "?"));

  LedgersPage page(Page page, AsOf asOf, DSLContext db) {
    byte[] after = page.after(LIST, 1).map(DirectoryQueries::bytes).orElse(new byte[0]);
    List<Record> rows =
        List.copyOf(db.resultQuery(PAGE, after, asOf.block(), asOf.block(), page.limit() + 1).fetch());
    List<LedgersPage.Line> shown = rows.stream().limit(page.limit()).map(DirectoryQueries::line).toList();
    return new LedgersPage(asOf, shown, rows.size() > page.limit(), rows.size() > page.limit()
        ? Optional.of(Page.cursor(LIST, shown.getLast().owner().value())) : Optional.empty());
  }

  private static byte[] bytes(List<String> after) {
    try {
      return HexFormat.of().parseHex(new WalletAddress(after.getFirst()).value().substring(HEX_PREFIX));
    } catch (IllegalArgumentException e) {
      throw Page.badCursor();
    }
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
