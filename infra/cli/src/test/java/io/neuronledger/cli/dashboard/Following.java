package io.neuronledger.cli.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens is shown while the page is open, and so is that it has not happened after all. */
abstract class Following {
  private static final String LOST = "reconnecting";
  private static final String FOUND = "live";
  private static final Page.GetByTextOptions EXACTLY = new Page.GetByTextOptions().setExact(true);

  private final DashboardStack dashboard;

  Following(DashboardStack dashboard) {
    this.dashboard = dashboard;
  }

  private static Locator amount(Visit visit, String zeroG) {
    return visit.page().locator("main .amount", new Page.LocatorOptions().setHasText(zeroG));
  }

  @Test
  void a_deposit_appears_without_a_reload_and_a_fork_takes_it_back() {
    AccountLedgerContract contract = dashboard.chain().contract();
    DevWallet owner = dashboard.funded("an owner on a fork");
    contract.await(contract.deposit(owner, Neuron.ofZeroG("3")));
    dashboard.awaitHead();
    try (Visit visit = dashboard.operator()) {
      visit.goTo("wallets/" + owner.address().checksummed());
      assertThat(amount(visit, "3 0G").first()).isVisible();
      // An event, not the time, has the page ask again: as of its block.
      visit.page().waitForRequest(request -> request.url().contains("min_block="),
          () -> contract.await(contract.deposit(owner, Neuron.ofZeroG("4.5"))));
      assertThat(amount(visit, "7.5 0G").first()).isVisible();
      dashboard.chain().node().control().reorg(1, List.of());
      contract.transactions().forgetNonces();
      assertThat(amount(visit, "7.5 0G")).hasCount(0);
      assertThat(amount(visit, "3 0G").first()).isVisible();
    }
  }

  @Test
  void the_service_is_gone_and_comes_back_and_the_page_goes_on() {
    AccountLedgerContract contract = dashboard.chain().contract();
    DevWallet owner = dashboard.funded("an owner without a service");
    contract.await(contract.deposit(owner, Neuron.ofZeroG("5")));
    dashboard.awaitHead();
    try (Visit visit = dashboard.operator()) {
      visit.goTo("wallets/" + owner.address().checksummed());
      assertThat(amount(visit, "5 0G").first()).isVisible();
      dashboard.withoutQuery(() -> {
        assertThat(visit.page().getByText(LOST, EXACTLY)).isVisible();
        assertThat(amount(visit, "5 0G").first()).isVisible();
        contract.await(contract.deposit(owner, Neuron.ofZeroG("4.25")));
      });
      assertThat(amount(visit, "9.25 0G").first()).isVisible();
      assertThat(visit.page().getByText(FOUND, EXACTLY)).isVisible();
    }
  }
}
