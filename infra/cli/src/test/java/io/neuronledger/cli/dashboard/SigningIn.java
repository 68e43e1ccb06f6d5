package io.neuronledger.cli.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.neuronledger.cli.stack.issuer.IssuerClient;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who gets in, how, and what is shown to whom. */
abstract class SigningIn {
  private static final Page.GetByRoleOptions SIGN_IN = new Page.GetByRoleOptions().setName("Sign in").setExact(true);

  private final DashboardStack dashboard;

  SigningIn(DashboardStack dashboard) {
    this.dashboard = dashboard;
  }

  @Test
  void a_code_signs_in_once() {
    String code = dashboard.code(IssuerClient.OPERATOR);
    try (Visit first = dashboard.visit()) {
      first.signIn(code);
      assertThat(first.page().getByText("live", new Page.GetByTextOptions().setExact(true))).isVisible();
    }
    try (Visit second = dashboard.visit()) {
      second.page().getByLabel("Code", new Page.GetByLabelOptions().setExact(true)).fill(code);
      second.page().getByRole(AriaRole.BUTTON, SIGN_IN).click();
      assertThat(second.page().getByRole(AriaRole.ALERT)).containsText("This code is not good");
      assertThat(second.page().getByRole(AriaRole.BUTTON, SIGN_IN)).isFocused();
    }
  }

  @Test
  void a_reload_signs_out_because_nothing_is_stored() {
    try (Visit visit = dashboard.operator()) {
      visit.page().reload();
      assertThat(visit.heading("Sign in")).isVisible();
    }
  }

  @Test
  void each_role_sees_its_own_pages() {
    try (Visit operator = dashboard.operator(); Visit preparer = dashboard.visit().signIn(dashboard.code("preparer"))) {
      assertThat(operator.pages()).contains("Overview", "Wallets", "Settlements", "Checks", "Alerts",
          "Access log");
      assertThat(preparer.pages()).contains("Overview", "Wallets", "Settlements", "Checks", "Alerts")
          .doesNotContain("Access log");
      preparer.goTo("access-log");
      assertThat(preparer.heading("Not for this sign-in")).isVisible();
    }
  }

  @Test
  void a_key_signs_in_too() {
    try (Visit visit = byKey("reader")) {
      assertThat(visit.pages()).contains("Wallets").doesNotContain("Settlements", "Checks", "Access log");
    }
  }

  @Test
  void a_sign_in_that_has_ended_is_asked_for_over_the_page_which_goes_on() {
    try (Visit visit = byKey("to be revoked")) {
      visit.goTo("wallets");
      dashboard.stack().keys().revoke("to be revoked");
      Locator ended = visit.page().getByRole(AriaRole.DIALOG);
      assertThat(ended.getByText("Your sign-in has ended")).isVisible();
      assertThat(ended.getByText("It was good until")).isVisible();
      ended.getByLabel("Code", new Locator.GetByLabelOptions().setExact(true))
          .fill(dashboard.code(IssuerClient.OPERATOR));
      ended.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign in").setExact(true)).click();
      assertThat(ended).hasCount(0);
      assertThat(visit.heading("Wallets")).isVisible();
    }
  }

  /** Somebody who signs in with an API key that reads ledgers. */
  private Visit byKey(String name) {
    String key = dashboard.stack().keys().make(name, EnumSet.of(Scope.LEDGER_READ), Optional.<WalletAddress>empty(),
        Duration.ofDays(1));
    dashboard.ledger().as(() -> Optional.of(key)).awaitKnown();
    Visit visit = dashboard.visit();
    visit.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Key or token")).click();
    visit.page().getByLabel("API key or token").fill(key);
    visit.page().getByRole(AriaRole.BUTTON, SIGN_IN).click();
    visit.heading("Overview").waitFor();
    return visit;
  }

  @Test
  void an_owner_signs_in_with_the_wallet() {
    DevWallet owner = DevWallet.funded(4);
    TestWallet wallet = dashboard.wallet(owner);
    try (Visit visit = dashboard.visit(wallet)) {
      visit.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Wallet").setExact(true)).click();
      visit.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in with Test wallet")).click();
      visit.heading("Overview").waitFor();
      assertThat(wallet.asked()).contains("eth_requestAccounts", "personal_sign");
      visit.goTo("wallets/" + owner.address().checksummed());
      assertThat(visit.page().getByText("Not for this sign-in")).isHidden();
      assertThat(visit.pages()).doesNotContain("Settlements", "Checks", "Access log", "Providers",
          "Prices");
    }
  }
}
