package io.neuronledger.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.neuronledger.cli.demo.Play;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each page for everybody: on a phone and a desk, by day and by night, without barriers, and soon there. */
abstract class Looks {
  private static final Logger log = LoggerFactory.getLogger(Looks.class);
  private static final int SCRIPTS_MAX = 350_000;
  /** Where pictures of all pages are written, if anywhere. */
  private static final Optional<Path> PICTURES =
      Optional.ofNullable(System.getProperty("pictures")).filter(folder -> !folder.isEmpty()).map(Path::of);

  private final DashboardStack dashboard;

  Looks(DashboardStack dashboard) {
    this.dashboard = dashboard;
  }

  /** Every page, with something in it. */
  private List<String> places() {
    JsonNode settlements = dashboard.ledger().getOk("/v1/settlements?limit=1").path("settlements");
    String settlement = settlements.path(0).path("id").asString();
    String owner = DevWallet.funded(4).address().checksummed();
    JsonNode entry = dashboard.ledger().getOk("/v1/ledgers/" + owner + "/entries?evidence=log&limit=1")
        .path("entries").path(0);
    JsonNode log = entry.path("evidence");
    String webhook = JsonMapper.shared().readTree(dashboard.ledger()
        .post("/v1/webhooks", "{\"url\":\"https://receiver.example/ledger\",\"types\":[\"ledger-closed.v1\"]}").body())
        .at("/webhook/id").asString();
    return List.of("", "wallets", "wallets/" + waiting().address().checksummed(), "wallets/" + owner + "?view=spending",
        "wallets/" + owner + "?view=entries", "wallets/" + owner + "?view=statement", "providers", "prices",
        "providers/" + Play.provider().checksummed(), "settlements", "settlements/" + settlement,
        "periods/" + YearMonth.now(ZoneOffset.UTC).minusMonths(1), "checks", "alerts", "webhooks",
        "webhooks/" + webhook, "keys", "access-log",
        "search?q=" + owner, "entries/" + entry.path("id").asString(),
        "transactions/" + log.path("transaction_hash").asString(), "blocks/5");
  }

  /** An owner with all that the bar of a sub-account shows: spendable, unsettled, and a refund that waits. */
  private DevWallet waiting() {
    DevWallet owner = dashboard.funded("an owner with a refund");
    String first = Play.provider().checksummed();
    WalletAddress other = dashboard.ledger().getOk("/v1/providers").path("providers").valueStream()
        .map(each -> each.path("provider").asString()).filter(each -> !each.equals(first))
        .map(WalletAddress::typed).findFirst().orElseThrow();
    AccountLedgerContract contract = dashboard.chain().contract();
    contract.await(contract.deposit(owner, Neuron.ofZeroG("20")));
    contract.await(contract.transfer(owner, Play.provider(), AccountLedgerContract.INFERENCE, Neuron.ofZeroG("8")));
    contract.await(contract.retrieve(owner, AccountLedgerContract.INFERENCE, Play.provider()));
    contract.await(contract.transfer(owner, Play.provider(), AccountLedgerContract.INFERENCE, Neuron.ofZeroG("5")));
    contract.await(contract.transfer(owner, other, AccountLedgerContract.INFERENCE, Neuron.ofZeroG("6")));
    dashboard.awaitHead();
    Instant completed = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
    dashboard.awaitReported(owner, dashboard.report(List.of(
        DashboardStack.image(owner, Play.provider(), "waiting-1", Neuron.ofZeroG("2.4"), completed),
        DashboardStack.image(owner, other, "waiting-2", Neuron.ofZeroG("1.75"), completed))));
    return owner;
  }

  @Test
  void every_page_has_no_barrier_and_fits_the_window() throws IOException {
    List<String> faults = new ArrayList<>();
    List<String> places = places();
    try (Visit visit = dashboard.operator()) {
      for (String place : places) {
        visit.goTo(place);
        for (int width : List.of(Visit.PHONE, Visit.DESK)) {
          for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            String where = "/" + place + " " + width + " " + scheme;
            visit.sized(width).coloured(scheme).settled();
            visit.barriers().forEach(barrier -> faults.add(where + ": " + barrier));
            if (visit.overflow() > 0) {
              faults.add(where + ": is wider than the window by " + visit.overflow());
            }
            picture(visit.page(), place, width, scheme);
          }
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  private static void picture(Page page, String place, int width, ColorScheme scheme) throws IOException {
    if (PICTURES.isPresent()) {
      String shown = place.isEmpty() ? "overview" : place.replaceFirst("[/?][^?]*", "-one").replace("?view=", "-");
      String name = shown + "-" + width + "-" + scheme.toString().toLowerCase(Locale.ROOT) + ".png";
      Files.createDirectories(PICTURES.get());
      page.mouse().move(0, 0); // What was clicked last shows no tip.
      page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.get().resolve(name)).setFullPage(true));
    }
  }

  /** The two that look are no use if they see nothing. */
  @Test
  void a_barrier_and_a_request_elsewhere_are_found() {
    Visit visit = dashboard.visit();
    visit.heading("Sign in").waitFor();
    visit.page().evaluate("() => document.querySelector('main').append(document.createElement('button'))");
    assertThat(visit.barriers()).singleElement().asString().startsWith("button-name: ");
    visit.page().evaluate("() => fetch('https://elsewhere.invalid/').catch(() => undefined)");
    assertThatThrownBy(visit::close).isInstanceOf(AssertionError.class)
        .hasMessageContaining("policy: connect-src https://elsewhere.invalid/");
  }

  @Test
  void the_sign_in_has_no_barrier() {
    try (Visit visit = dashboard.visit()) {
      visit.heading("Sign in").waitFor();
      for (int width : List.of(Visit.PHONE, Visit.DESK)) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
          visit.sized(width).coloured(scheme);
          assertThat(visit.barriers()).as("%d %s", width, scheme).isEmpty();
          assertThat(visit.overflow()).as("%d %s", width, scheme).isZero();
        }
      }
    }
  }

  /** All scripts, also those of pages that few people open. */
  @Test
  void the_scripts_are_small() throws IOException {
    int compressed = 0;
    for (Resource script : new PathMatchingResourcePatternResolver()
        .getResources("classpath*:dashboard/assets/*.js")) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(script.getContentAsByteArray());
      }
      compressed += bytes.size();
    }
    log.info("the scripts of the dashboard have {} bytes, compressed", compressed);
    assertThat(compressed).isBetween(10_000, SCRIPTS_MAX);
  }

  /** A measurement: what a busy machine takes proves nothing. */
  @Test
  void the_first_view_is_measured() {
    try (Visit visit = dashboard.visit()) {
      visit.heading("Sign in").waitFor();
      log.info("the first view of the dashboard was there after {} ms", visit.page().evaluate(
          "() => Math.round(performance.getEntriesByType('paint').find(each => each.name === "
              + "'first-contentful-paint').startTime)"));
    }
  }
}
