package io.neuronledger.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A visit of the dashboard by somebody whom the browser does not know. Whatever the visitor does, at its end no request
 * has left the machine, nothing is stored, no token was in a URL, the page has not failed, and its policy was kept.
 */
final class Visit implements AutoCloseable {
  static final int PHONE = 360;
  static final int DESK = 1_440;
  private static final int HEIGHT = 900;
  private static final Pattern CREDENTIAL = Pattern.compile("eyJ[A-Za-z0-9_-]{8}|nlk_|access_token=");
  /** A refused policy is an error of the console, but not where it only reports. */
  private static final String WATCH_POLICY = "document.addEventListener('securitypolicyviolation', event => "
      + "console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))";
  /** The browser's own words for an answer of 400 and above, which pages ask for on purpose. */
  private static final String NO_FAULT = "Failed to load resource";
  private static final String STORED = """
      async () => [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage),
        ...(await indexedDB.databases()).map(each => each.name), ...(await caches.keys())]
          .filter(each => each !== '')""";

  private final String home;
  private final BrowserContext context;
  private final Page page;
  private final List<String> urls = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  private Visit(String home, BrowserContext context) {
    this.home = home;
    this.context = context;
    context.setDefaultTimeout(Chromium.PATIENCE_MS);
    context.addInitScript(WATCH_POLICY);
    this.page = context.newPage();
    context.onRequest(request -> urls.add(request.url()));
    page.onConsoleMessage(message -> {
      if (Set.of("error", "warning").contains(message.type()) && !message.text().startsWith(NO_FAULT)) {
        faults.add(message.text());
      }
    });
    page.onPageError(faults::add);
  }

  /** Opens the page of a dashboard. */
  static Visit of(String home, Browser browser, Optional<TestWallet> wallet) {
    Visit visit = new Visit(home, browser.newContext(new Browser.NewContextOptions()
        .setViewportSize(DESK, HEIGHT).setLocale("en-GB").setTimezoneId("Europe/Paris")));
    wallet.ifPresent(each -> each.into(visit.context));
    visit.page.navigate(home);
    return visit;
  }

  Page page() {
    return page;
  }

  BrowserContext context() {
    return context;
  }

  /** Signs in by a one-time code. */
  Visit signIn(String code) {
    page.getByLabel("Code", new Page.GetByLabelOptions().setExact(true)).fill(code);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in").setExact(true)).click();
    heading("Overview").waitFor();
    return this;
  }

  /** Goes to a place, as {@code wallets/0x…}, and waits until it is read. */
  Visit goTo(String place) {
    page.evaluate("place => { location.hash = place }", "#/" + place);
    return settled();
  }

  /** Waits until nothing of the page is still read. */
  Visit settled() {
    page.waitForFunction("() => document.querySelector('main h1') !== null"
        + " && document.querySelector('.loading') === null");
    return this;
  }

  Locator heading(String name) {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setLevel(1));
  }

  /** The names in the navigation. */
  List<String> pages() {
    return page.getByRole(AriaRole.NAVIGATION).getByRole(AriaRole.LINK).allInnerTexts();
  }

  Visit sized(int width) {
    page.setViewportSize(width, HEIGHT);
    return this;
  }

  Visit coloured(ColorScheme scheme) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    return this;
  }

  /** How far the page reaches beyond the right edge of the window, in pixels. */
  int overflow() {
    return (int) page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  /** What axe finds, in a line each: the rule and the elements. */
  @SuppressWarnings("unchecked")
  List<String> barriers() {
    if (!(boolean) page.evaluate("() => 'axe' in window")) {
      page.evaluate(Chromium.axe());
    }
    return (List<String>) page.evaluate("""
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map(each =>
          `${each.id}: ${each.nodes.map(node => `${node.html.slice(0, 120)} (${node.any.concat(node.all)
            .map(check => check.message).join('; ')})`).join(' | ')}`)""");
  }

  /** What an attentive visitor must not find. */
  @Override
  public void close() {
    Object stored = page.evaluate(STORED);
    List<String> cookies = context.cookies().stream().map(each -> each.name).toList();
    String place = page.url();
    context.close();
    assertThat(urls).isNotEmpty().allMatch(url -> isLocal(URI.create(url)), "is of this machine");
    assertThat(urls).noneMatch(url -> CREDENTIAL.matcher(url).find());
    assertThat(place).startsWith(home).doesNotContainPattern(CREDENTIAL);
    assertThat(cookies).isEmpty();
    assertThat(stored).isEqualTo(List.of());
    assertThat(faults).isEmpty();
  }

  private static boolean isLocal(URI url) {
    return Set.of("data", "blob").contains(url.getScheme()) || "127.0.0.1".equals(url.getHost());
  }
}
