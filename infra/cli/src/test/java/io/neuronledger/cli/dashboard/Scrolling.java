package io.neuronledger.cli.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.neuronledger.cli.demo.Play;
import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A journal of a hundred thousand entries, of which a page of the browser holds a few hundred. */
abstract class Scrolling {
  private static final int ENTRIES = 100_000;
  private static final int BATCH = 1_000;
  private static final int PAGE = 50;
  private static final int PAGES_KEPT = 10;
  private static final int NODES_MAX = 30_000;

  private final DashboardStack dashboard;

  Scrolling(DashboardStack dashboard) {
    this.dashboard = dashboard;
  }

  @Test
  void a_journal_of_a_hundred_thousand_entries_is_filtered_and_paged_within_bounds() {
    DevWallet owner = dashboard.funded("an owner of many entries");
    deposit(owner);
    report(owner);
    try (Visit visit = dashboard.operator()) {
      visit.goTo("wallets/" + owner.address().checksummed() + "?view=entries");
      Locator rows = visit.page().locator("main tbody tr");
      assertThat(rows).hasCount(PAGE);
      assertThat(rows.first()).containsText("Usage reported");
      String newest = amount(rows.first()).innerText();

      choose(visit, "Deposit");
      assertThat(rows).hasCount(1);
      assertThat(rows).containsText("Deposit");
      button(visit, "Clear").click();
      assertThat(rows).hasCount(PAGE);

      Locator cut = visit.page().getByText("its first rows are no longer shown");
      for (int pages = 2; pages <= PAGES_KEPT + 2; pages++) {
        String last = amount(rows.last()).innerText();
        assertThat(cut).hasCount(pages - 1 > PAGES_KEPT ? 1 : 0);
        button(visit, "Show more").click();
        assertThat(amount(rows.nth(Math.min(pages, PAGES_KEPT) * PAGE - PAGE - 1))).hasText(last);
        assertThat(rows).hasCount(Math.min(pages, PAGES_KEPT) * PAGE);
        assertThat(nodes(visit)).as("%s pages", pages).isLessThan(NODES_MAX);
      }
      assertThat(cut).isVisible();
      button(visit, "Begin again").click();
      assertThat(rows).hasCount(PAGE);
      assertThat(amount(rows.first())).hasText(newest);
    }
  }

  private void deposit(DevWallet owner) {
    AccountLedgerContract contract = dashboard.chain().contract();
    contract.await(contract.deposit(owner, Neuron.ofZeroG("10")));
    contract.await(contract.transfer(owner, Play.provider(), AccountLedgerContract.INFERENCE, Neuron.ofZeroG("4")));
    dashboard.awaitHead();
  }

  /** No two of the same fee. */
  private void report(DevWallet owner) {
    Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
    dashboard.awaitReported(owner, IntStream.range(0, ENTRIES / BATCH).mapToObj(batch -> dashboard.report(
        IntStream.range(batch * BATCH, (batch + 1) * BATCH).mapToObj(n -> DashboardStack.image(owner, Play.provider(),
            "many-" + n, Neuron.parse(String.valueOf(1 + n)), now.minusSeconds(ENTRIES / BATCH - batch))).toList()))
        .reduce(WriteToken::and).orElseThrow());
  }

  private static void choose(Visit visit, String kind) {
    visit.page().getByText("Kind: all").click();
    visit.page().getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName(kind).setExact(true)).check();
    button(visit, "Apply").click();
  }

  private static Locator amount(Locator row) {
    return row.locator(".amount").first();
  }

  private static Locator button(Visit visit, String name) {
    return visit.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static int nodes(Visit visit) {
    return (int) visit.page().evaluate("() => document.querySelectorAll('*').length");
  }
}
