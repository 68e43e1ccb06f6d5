package io.neuronledger.cli.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.neuronledger.cli.dashboard.company.CompanyLedger;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.net.URI;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** People sign in at their company's own issuer, and not at the stack's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SigningInAtTheIssuer {
  private static final WalletAddress WALLET = DevWallet.funded(4).address();

  private final DashboardStack dashboard;
  private final CompanyLedger company;

  SigningInAtTheIssuer(DashboardStack dashboard) {
    this.dashboard = dashboard;
    this.company = CompanyLedger.start(dashboard::startQuery, WALLET);
  }

  @AfterAll
  void stop() {
    company.close();
  }

  /** The issuer's window, after the click that opens it. */
  private Page window(Visit visit) {
    return visit.page().waitForPopup(() -> button(visit).click());
  }

  private Locator button(Visit visit) {
    return visit.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions()
        .setName("Sign in at " + URI.create(company.issuer()).getAuthority()));
  }

  private static void answer(Page window, String name) {
    window.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).click();
  }

  private static Locator problem(Visit visit) {
    return visit.page().getByRole(AriaRole.ALERT);
  }

  /** Nobody is signed in, the page says why, has no other window open, and can be tried again. */
  private void refused(Visit visit, String why) {
    assertThat(problem(visit)).containsText(why);
    assertThat(button(visit)).isEnabled();
    assertThat(button(visit)).isFocused();
    assertThat(visit.heading("Sign in")).isVisible();
    visit.page().waitForCondition(() -> visit.context().pages().size() == 1);
  }

  @Test
  void a_person_of_the_company_reads_the_ledger_of_the_wallet_and_no_other() {
    try (Visit visit = dashboard.visit(company.home())) {
      Page window = window(visit);
      answer(window, "Allow");
      visit.heading("Overview").waitFor();
      visit.page().waitForCondition(window::isClosed);
      assertThat(visit.page().getByText(CompanyLedger.PERSON, new Page.GetByTextOptions().setExact(true))).isVisible();
      assertThat(visit.page().getByText(Pattern.compile("Signed in until [-0-9]{10} [:0-9]{8} UTC"))).isVisible();
      assertThat(visit.barriers()).isEmpty();
      visit.goTo("wallets/" + WALLET.checksummed());
      assertThat(visit.page().getByText("Available", new Page.GetByTextOptions().setExact(true)).first()).isVisible();
      visit.goTo("wallets/" + DevWallet.funded(5).address().checksummed());
      assertThat(problem(visit).first()).isVisible();
    }
  }

  @Test
  void the_page_has_no_barrier_and_names_the_issuer() {
    try (Visit visit = dashboard.visit(company.home())) {
      button(visit).waitFor();
      assertThat(visit.barriers()).isEmpty();
      assertThat(visit.page().getByLabel("Code", new Page.GetByLabelOptions().setExact(true))).hasCount(0);
    }
  }

  @Test
  void a_person_who_refuses_at_the_issuer_is_not_signed_in_and_may_try_again() {
    try (Visit visit = dashboard.visit(company.home())) {
      answer(window(visit), "Refuse");
      refused(visit, "has not let you in: you have refused it there, or you may not use the dashboard.");
      answer(window(visit), "Allow");
      visit.heading("Overview").waitFor();
    }
  }

  @Test
  void a_window_that_is_closed_ends_the_sign_in() {
    try (Visit visit = dashboard.visit(company.home())) {
      Page window = window(visit);
      window.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Allow")).waitFor();
      window.close();
      refused(visit, "The window was closed before the sign-in was complete: nobody is signed in.");
    }
  }

  /** The page to which people return, opened by somebody else with a code of somebody else. */
  @Test
  void a_window_that_returns_from_another_sign_in_signs_nobody_in() {
    try (Visit visit = with("**/oauth2/authorize?**", route -> route.fulfill(new Route.FulfillOptions()
        .setContentType("text/html").setBody("<meta http-equiv=\"refresh\" content=\"0; url=" + company.home()
            + "signed-in?code=stolen&amp;state=another\">")))) {
      window(visit);
      refused(visit, "is none to this sign-in: nobody is signed in. Try again.");
    }
  }

  @Test
  void an_issuer_that_is_away_is_named() {
    try (Visit visit = with(company.issuer() + "/**", Route::abort)) {
      button(visit).click();
      refused(visit, URI.create(company.issuer()).getAuthority() + " does not answer this page: it is away");
    }
  }

  @Test
  void a_browser_that_opens_no_window_says_what_to_do() {
    try (Visit visit = dashboard.visit(company.home())) {
      visit.page().evaluate("() => { window.open = () => null }");
      button(visit).click();
      refused(visit, "The browser has not opened a window: allow this page to open windows, and try again.");
    }
  }

  @Test
  void the_page_to_return_to_says_what_to_do_where_nobody_has_asked_for_it() {
    try (Visit visit = dashboard.visit(company.home())) {
      visit.page().navigate(company.home() + "signed-in?code=stolen&state=another");
      assertThat(visit.page().getByRole(AriaRole.STATUS)).containsText("nobody is signed in. Close this window");
      assertThat(visit.page().url()).isEqualTo(company.home() + "signed-in");
      assertThat(visit.barriers()).isEmpty();
    }
  }

  /** A visit for which requests to these addresses end otherwise. */
  private Visit with(String addresses, Consumer<Route> otherwise) {
    Visit visit = dashboard.visit(company.home());
    visit.context().route(addresses, otherwise);
    return visit;
  }
}
