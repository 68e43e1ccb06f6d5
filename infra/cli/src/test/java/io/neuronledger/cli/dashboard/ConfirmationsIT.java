package io.neuronledger.cli.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Acts of an owner where blocks wait for confirmations that nobody but the owner causes. */
class ConfirmationsIT {
  private static final int CONFIRMATIONS = 2;

  @Test
  void an_owner_acts_on_a_chain_that_stands_still_once_the_ledger_has_what_the_wallet_sent() {
    DevWallet owner = DevWallet.funded(9);
    try (DashboardStack dashboard = DashboardStack.idle(CONFIRMATIONS)) {
      TestWallet wallet = dashboard.wallet(owner);
      try (Visit visit = dashboard.visit(wallet)) {
        Acting.signIn(visit);
        visit.goTo("wallets/" + owner.address().checksummed());
        Locator first = Acting.begin(visit, "Deposit", Map.of(Acting.AMOUNT, "5"));
        assertThat(first.getByText("The ledger has a block once 2 are on top of it.")).isVisible();
        Acting.sign(first).click();
        assertThat(first.getByText("the ledger records that block once 2 are on top of it.")).isVisible();
        first.getByText("Close; it goes on without this").click();

        Locator second = Acting.begin(visit, "Deposit", Map.of(Acting.AMOUNT, "4"));
        Acting.sign(second).click();
        assertThat(second.getByRole(AriaRole.ALERT)).containsText("or for the 2 blocks on top of it");
        assertThat(wallet.asked()).containsOnlyOnce("eth_sendTransaction");

        dashboard.chain().node().control().mine(CONFIRMATIONS);
        assertThat(second.getByText("Opens the ledger.")).hasCount(0);
        Acting.sign(second).click();
        assertThat(second.getByText("the ledger records that block once 2 are on top of it.")).isVisible();
        dashboard.chain().node().control().mine(CONFIRMATIONS);
        Acting.recorded(visit, second);
        Acting.shows(visit, "9", "0");
      }
    }
  }
}
