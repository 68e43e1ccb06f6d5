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
  private static final String OFFLINE = "reconnecting";

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
    DevWallet owner = DevWallet.funded(8);
    contract.await(contract.deposit(owner, Neuron.ofZeroG("3")));
    dashboard.awaitHead();
    try (Visit visit = dashboard.operator()) {
      visit.goTo("wallets/" + owner.address().checksummed());
      assertThat(amount(visit, "3 0G").first()).isVisible();
      contract.await(contract.deposit(owner, Neuron.ofZeroG("4.5")));
      assertThat(amount(visit, "7.5 0G").first()).isVisible();
      dashboard.chain().node().control().reorg(1, List.of());
      contract.transactions().forgetNonces();
      assertThat(amount(visit, "7.5 0G")).hasCount(0);
      assertThat(amount(visit, "3 0G").first()).isVisible();
    }
  }

  @Test
  void a_connection_that_is_lost_is_said_and_found_again() {
    AccountLedgerContract contract = dashboard.chain().contract();
    DevWallet owner = DevWallet.funded(9);
    contract.await(contract.deposit(owner, Neuron.ofZeroG("5")));
    dashboard.awaitHead();
    try (Visit visit = dashboard.operator()) {
      visit.goTo("wallets/" + owner.address().checksummed());
      assertThat(amount(visit, "5 0G").first()).isVisible();
      visit.context().setOffline(true);
      assertThat(visit.page().getByText(OFFLINE)).isVisible();
      contract.await(contract.deposit(owner, Neuron.ofZeroG("1.25")));
      visit.context().setOffline(false);
      assertThat(amount(visit, "6.25 0G").first()).isVisible();
      assertThat(visit.page().getByText(OFFLINE)).isHidden();
    }
  }
}
