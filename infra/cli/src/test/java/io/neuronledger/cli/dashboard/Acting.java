package io.neuronledger.cli.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.neuronledger.cli.demo.Play;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The life of an account by clicks, from the deposit to the withdrawal, each step signed in the owner's wallet. */
abstract class Acting {
  private static final String PROVIDER = Play.provider().checksummed();
  static final String AMOUNT = "Amount (0G)";

  private final DashboardStack dashboard;

  Acting(DashboardStack dashboard) {
    this.dashboard = dashboard;
  }

  @Test
  void an_owner_deposits_transfers_retrieves_and_withdraws() {
    DevWallet owner = DevWallet.funded(9);
    try (Visit visit = dashboard.visit(dashboard.wallet(owner))) {
      signIn(visit);
      visit.goTo("wallets/" + owner.address().checksummed());
      Locator deposit = begin(visit, "Deposit", Map.of(AMOUNT, "0.5"));
      assertThat(deposit.getByText("The contract would refuse it.")).isVisible();
      assertThat(sign(deposit)).isDisabled();
      deposit.getByLabel(AMOUNT).fill("5.000000000000000001");
      finish(visit, deposit);
      shows(visit, "5.000000000000000001", "0");

      finish(visit, begin(visit, "Transfer", Map.of(AMOUNT, "2", "Provider", PROVIDER)));
      shows(visit, "3.000000000000000001", "2");
      finish(visit, begin(visit, "Retrieve", Map.of()));
      assertThat(visit.page().locator("main .meter li", new Page.LocatorOptions().setHasText("Pending refund")).first())
          .containsText("2 0G");

      Locator again = begin(visit, "Transfer", Map.of(AMOUNT, "1", "Provider", PROVIDER));
      assertThat(again.getByText("It undoes refunds")).isVisible();
      assertThat(sign(again)).isDisabled();
      again.getByRole(AriaRole.CHECKBOX).check();
      finish(visit, again);
      shows(visit, "3.000000000000000001", "2");

      lockPasses(visit);
      finish(visit, begin(visit, "Retrieve", Map.of()));
      shows(visit, "4.000000000000000001", "1");
      lockPasses(visit);
      finish(visit, begin(visit, "Retrieve", Map.of()));
      shows(visit, "5.000000000000000001", "0");
      Locator withdraw = begin(visit, "Withdraw", Map.of());
      withdraw.getByRole(AriaRole.BUTTON, named("All that is available")).click();
      finish(visit, withdraw);
      shows(visit, "0", "0");
    }
  }

  static void signIn(Visit visit) {
    Locator forms = visit.page().locator("main");
    forms.getByRole(AriaRole.BUTTON, named("Wallet")).click();
    forms.getByRole(AriaRole.BUTTON, named("Sign in with Test wallet")).click();
    visit.heading("Overview").waitFor();
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  static Locator begin(Visit visit, String act, Map<String, String> fields) {
    visit.page().locator("main").getByRole(AriaRole.BUTTON, named(act)).first().click();
    Locator dialog = visit.page().getByRole(AriaRole.DIALOG);
    fields.forEach((label, value) -> dialog.getByLabel(label).fill(value));
    return dialog;
  }

  static Locator sign(Locator dialog) {
    return dialog.getByRole(AriaRole.BUTTON, named("Sign with Test wallet"));
  }

  /** Signs, and closes what is shown of it once the ledger has it. */
  static void finish(Visit visit, Locator dialog) {
    sign(dialog).click();
    recorded(visit, dialog);
  }

  /** Once the ledger has it. */
  static void recorded(Visit visit, Locator dialog) {
    assertThat(dialog.getByText("in the ledger", new Locator.GetByTextOptions().setExact(true))).isVisible();
    dialog.getByText("Close", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(visit.page().getByRole(AriaRole.DIALOG)).hasCount(0);
  }

  /** What is available and what is locked, in 0G. */
  static void shows(Visit visit, String available, String locked) {
    assertThat(figure(visit, "Available")).hasText(available + " 0G");
    assertThat(figure(visit, "Locked")).hasText(locked + " 0G");
  }

  private static Locator figure(Visit visit, String name) {
    return visit.page().locator(".figures > div", new Page.LocatorOptions()
        .setHas(visit.page().getByText(name, new Page.GetByTextOptions().setExact(true)))).locator("dd.number");
  }

  /** Until the page shows it. */
  private void lockPasses(Visit visit) {
    dashboard.chain().node().control().increaseTime(AccountLedgerContract.DEFAULT_LOCK_PERIOD.plusSeconds(1));
    dashboard.chain().node().control().mine();
    assertThat(visit.page().getByText("can be fetched", new Page.GetByTextOptions().setExact(true)).first())
        .isVisible();
  }
}
