package io.neuronledger.query.dashboard;

import static io.neuronledger.contracts.view.operation.DashboardView.SignIn.Way.CODE;
import static io.neuronledger.contracts.view.operation.DashboardView.SignIn.Way.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.neuronledger.contracts.view.operation.DashboardView;
import io.neuronledger.contracts.view.operation.StatusView;
import io.neuronledger.foundation.access.settings.AccessSettings;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.status.FollowedDeployment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** What a browser gets of the dashboard, with the files of a small one. */
class DashboardControllerTest {
  private static final DashboardSettings SETTINGS = new DashboardSettings(true, "https://ledger.example.com/command",
      "https://indexer.example.com:8443", "dashboard", WINDOW, "openid ledger");
  private static final StatusView.Deployment DEPLOYMENT = new StatusView.Deployment(31337, "account-ledger",
      List.of(Wallets.wallet(1), Wallets.wallet(2)), 1, 2, 16);

  /** Those of a dashboard that is no client of an issuer. */
  private static DashboardSettings settings(String command, String indexer) {
    return new DashboardSettings(true, command, indexer, "", WINDOW, "openid");
  }

  private static AccessSettings access(boolean open) {
    return new AccessSettings(open, open ? "" : "https://issuer.example.com/realms/ledger", open ? "" : "ledger",
        "roles", "ledger_owner", "ledger_provider", Map.of(), List.of());
  }

  private static DashboardController dashboard(DashboardSettings settings, boolean open) {
    return new DashboardController(settings, access(open), new FollowedDeployment(() -> Optional.of(DEPLOYMENT)),
        DashboardFiles.in("/pages/"));
  }

  private static MockHttpServletResponse answer(String path, String... header) throws Exception {
    MockMvc service = MockMvcBuilders.standaloneSetup(dashboard(SETTINGS, false)).build();
    return service.perform(header.length == 0 ? get(path) : get(path).header(header[0], header[1])).andReturn()
        .getResponse();
  }

  @Test
  void the_page_is_asked_for_again_each_time_and_its_files_never() throws Exception {
    MockHttpServletResponse page = answer("/");
    assertThat(page.getContentType()).isEqualTo("text/html;charset=UTF-8");
    assertThat(page.getContentAsString()).contains("<body>✓</body>");
    assertThat(page.getHeader("Cache-Control")).isEqualTo("no-cache");
    assertThat(answer("/", "If-None-Match", Objects.requireNonNull(page.getHeader("ETag"))).getStatus())
        .isEqualTo(304);
    MockHttpServletResponse script = answer("/assets/main-0a1b2c3d.js");
    assertThat(script.getContentType()).isEqualTo("text/javascript;charset=UTF-8");
    assertThat(script.getContentAsString()).contains("✓");
    assertThat(script.getHeader("Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
    assertThat(answer("/assets/main-4e5f6071.css").getContentType()).isEqualTo("text/css;charset=UTF-8");
  }

  @Test
  void a_file_that_the_build_has_not_made_is_not_found() {
    for (String name : List.of("main.js", "..", "index.html")) {
      assertThatThrownBy(() -> dashboard(SETTINGS, false).asset(name)).as(name).isInstanceOf(Refusal.class)
          .hasMessageContaining("the dashboard has no such file");
    }
  }

  @Test
  void the_page_loads_its_own_files_alone_and_calls_the_ledgers_services_alone() throws Exception {
    assertThat(answer("/").getHeader("Content-Security-Policy")).isEqualTo("default-src 'none'; script-src 'self';"
        + " style-src 'self'; img-src 'self' data:; connect-src 'self' https://indexer.example.com:8443"
        + " https://issuer.example.com https://ledger.example.com; font-src 'self'; base-uri 'none';"
        + " form-action 'none'; frame-ancestors 'none'");
    MockMvc alone = MockMvcBuilders.standaloneSetup(
        dashboard(settings("", ""), false)).build();
    assertThat(alone.perform(get("/")).andReturn().getResponse().getHeader("Content-Security-Policy"))
        .contains("connect-src 'self';").doesNotContain("unsafe", "https:");
  }

  @Test
  void the_page_to_which_the_issuer_returns_people_asks_nobody_anything() throws Exception {
    MockHttpServletResponse page = answer("/signed-in");
    assertThat(page.getContentType()).isEqualTo("text/html;charset=UTF-8");
    assertThat(page.getContentAsString()).contains("<body>returned</body>");
    assertThat(page.getHeader("Cache-Control")).isEqualTo("no-cache");
    assertThat(page.getHeader("Content-Security-Policy")).contains("default-src 'none';", "connect-src 'self';");
  }

  @Test
  void what_is_asked_of_the_issuer_has_openid_and_is_what_oauth_allows() {
    for (String scopes : List.of("", "ledger", "openid  ledger", " openid", "openid,ledger", "openid \"x\"",
        "openid le\\dger", "openid é")) {
      assertThatThrownBy(() -> new DashboardSettings(true, "", "", "dashboard", WINDOW, scopes)).as(scopes)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("NEURON_LEDGER_DASHBOARD_SCOPES must be names of scopes")
          .hasMessageEndingWith("it is: '" + scopes + "'");
    }
    assertThat(new DashboardSettings(true, "", "", "dashboard", CODE, "api://ledger/read openid").scopes())
        .isEqualTo("api://ledger/read openid");
  }

  @Test
  void what_is_not_configured_is_absent() {
    DashboardView all = dashboard(SETTINGS, false).dashboard();
    assertThat(all.services().command()).contains("https://ledger.example.com/command");
    assertThat(all.services().indexer()).contains("https://indexer.example.com:8443");
    assertThat(all.signIn()).contains(
        new DashboardView.SignIn("https://issuer.example.com/realms/ledger", "dashboard", WINDOW,
            "openid ledger"));
    assertThat(all.chain()).contains(new DashboardView.Chain(31337, "account-ledger", Wallets.wallet(1)));
    DashboardView none = dashboard(settings("", ""), false).dashboard();
    assertThat(none.services()).isEqualTo(new DashboardView.Services(Optional.empty(), Optional.empty()));
    assertThat(none.signIn()).isEmpty();
    assertThat(dashboard(SETTINGS, true).dashboard().signIn()).as("a service without an issuer").isEmpty();
  }

  @Test
  void the_deployment_is_read_until_it_is_known() {
    AtomicInteger reads = new AtomicInteger();
    FollowedDeployment followed = new FollowedDeployment(() -> reads.incrementAndGet() < 3
        ? Optional.empty() : Optional.of(DEPLOYMENT));
    assertThat(followed.get()).isEmpty();
    assertThat(followed.get()).isEmpty();
    assertThat(followed.get()).contains(DEPLOYMENT);
    assertThat(followed.get()).contains(DEPLOYMENT);
    assertThat(reads).hasValue(3);
  }

  @Test
  void a_build_without_pages_has_no_dashboard_to_enable() {
    assertThatThrownBy(() -> DashboardFiles.in("/nowhere/")).hasMessage("NEURON_LEDGER_DASHBOARD_ENABLED is true, but"
        + " this build of ledger-query has no dashboard: mvn package makes it");
  }

  @Test
  void credentials_are_sent_to_trusted_addresses_only() {
    for (String address : List.of("http://ledger.example.com", "https://ledger.example.com/", "ledger.example.com",
        "https://ledger.example.com?x", "https://u:p@ledger.example.com", "https://a.example; script-src *")) {
      assertThatThrownBy(() -> settings(address, "")).as(address)
          .hasMessageContaining("NEURON_LEDGER_DASHBOARD_COMMAND must be an https URL");
      assertThatThrownBy(() -> settings("", address)).as(address)
          .hasMessageContaining("NEURON_LEDGER_DASHBOARD_INDEXER must be an https URL");
    }
    assertThat(settings("http://127.0.0.1:8082", "").services())
        .containsExactly("http://127.0.0.1:8082");
  }
}
