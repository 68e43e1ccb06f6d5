package io.neuronledger.cli.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** A wallet with more entries than a page can hold: copies of its first one, which come before all others. */
abstract class LongHistory {
  private static final int ENTRIES = 100_000;
  private static final int A_PAGE = 50;
  private static final int PAGES = 7;

  private final DashboardStack dashboard;

  LongHistory(DashboardStack dashboard) {
    this.dashboard = dashboard;
  }

  @Test
  void a_hundred_thousand_entries_are_read_page_by_page() throws SQLException {
    DevWallet owner = DevWallet.funded(4);
    copyFirstEntry(owner);
    String place = "wallets/" + owner.address().checksummed() + "?view=entries";
    try (Visit visit = dashboard.operator()) {
      visit.goTo(place);
      Locator rows = visit.page().locator("main tbody tr");
      assertThat(rows).hasCount(A_PAGE);
      for (int page = 2; page <= PAGES; page++) {
        visit.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show more")).click();
        assertThat(rows).hasCount(page * A_PAGE);
      }
      assertThat(visit.page().getByText("So long a list is not read again by itself.")).isVisible();
      assertThat(visit.overflow()).isZero();
      assertThat(visit.barriers()).isEmpty();

      visit.goTo(place + "&type=ledger-closed.v1");
      assertThat(visit.page().locator("main .empty")).isVisible();
    }
  }

  private void copyFirstEntry(DevWallet owner) throws SQLException {
    try (Connection database = dashboard.stack().postgres().superuser()
        .on(dashboard.stack().postgres().jdbcUrl("ledger_query")).getConnection();
        Statement statement = database.createStatement()) {
      String schema;
      try (ResultSet found = statement.executeQuery(
          "SELECT table_schema FROM information_schema.tables WHERE table_name = 'entry'")) {
        assertThat(found.next()).isTrue();
        schema = found.getString(1);
      }
      statement.execute("SET search_path = " + schema + ", public");
      assertThat(statement.executeUpdate("""
          INSERT INTO entry
          SELECT owner, -n, partition, type, provider, service, amount, block, block_time, transaction_hash, evidence,
            retracted, payload
          FROM generate_series(1, %d) AS n CROSS JOIN (
            SELECT * FROM entry WHERE owner = decode('%s', 'hex') ORDER BY seq LIMIT 1) AS first"""
          .formatted(ENTRIES, owner.address().value().substring(2)))).isEqualTo(ENTRIES);
    }
  }
}
