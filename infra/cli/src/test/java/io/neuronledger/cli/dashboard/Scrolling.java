package io.neuronledger.cli.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.neuronledger.cli.answer.FinanceApi;
import io.neuronledger.cli.demo.Play;
import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
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
    DevWallet owner = DevWallet.named("an owner of many entries");
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
    dashboard.chain().node().control().setBalance(owner.address(), Neuron.ofZeroG("100"));
    AccountLedgerContract contract = dashboard.chain().contract();
    contract.await(contract.deposit(owner, Neuron.ofZeroG("10")));
    contract.await(contract.transfer(owner, Play.provider(), INFERENCE, Neuron.ofZeroG("4")));
    dashboard.awaitHead();
  }

  /** As a broker reports them, until they are in the answers. */
  private void report(DevWallet owner) {
    FinanceApi finance = new FinanceApi(dashboard.stack()::broker, dashboard.ledger());
    Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
    WriteToken reported = IntStream.range(0, ENTRIES / BATCH)
        .mapToObj(batch -> finance.report(IntStream.range(batch * BATCH, (batch + 1) * BATCH)
            .mapToObj(n -> request(owner, n, now)).toList()).token().orElseThrow())
        .reduce(WriteToken::and).orElseThrow();
    dashboard.ledger().getOk("/v1/ledgers/" + owner.address() + "/entries?limit=1&wait=30&min_token=" + reported);
  }

  /** No two of the same fee. */
  private static UsageReport request(DevWallet owner, int n, Instant now) {
    Units units = new Units.Images(1, Neuron.parse(String.valueOf(1 + n)));
    return new UsageReport(RequestId.of("many-" + n), owner.address(), Play.provider(), INFERENCE,
        ModelName.of("flux-turbo"), units, units.fee(), now.minusSeconds(1 + (ENTRIES - n) / BATCH), UsageSource.DIRECT,
        Optional.empty());
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
