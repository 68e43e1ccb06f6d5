package io.neuronledger.cli.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this machine, driven by Playwright with what npm has installed in {@code src/test/browser}. */
final class Chromium implements AutoCloseable {
  private static final Path TOOLS = Path.of("src/test/browser/node_modules").toAbsolutePath();
  /** It asks its maker's servers for nothing. */
  private static final List<String> ALONE = List.of("--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--no-first-run", "--disable-default-apps");

  /** A busy machine takes its time. */
  static final double PATIENCE_MS = 60_000;

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** @throws IllegalStateException if the machine has none, or npm's packages are not installed */
  static Chromium start() {
    System.setProperty("playwright.cli.dir", driver().toString());
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    Playwright playwright = Playwright.create(new Playwright.CreateOptions()
        .setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH", "node", "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Chromium(playwright, playwright.chromium().launch(new BrowserType.LaunchOptions()
        .setExecutablePath(program()).setArgs(ALONE)));
  }

  /** A folder as Playwright for Java expects it, in which the package is npm's. */
  private static Path driver() {
    Path core = TOOLS.resolve("playwright-core");
    if (!Files.exists(core)) {
      throw new IllegalStateException("there is no " + core + ": run `npm ci` in src/test/browser, as mvn verify does");
    }
    try {
      Path folder = Files.createTempDirectory("playwright-");
      folder.toFile().deleteOnExit();
      Path link = Files.createSymbolicLink(folder.resolve("package"), core);
      link.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path program() {
    return Optional.ofNullable(System.getenv("CHROMIUM")).map(Path::of).or(() ->
            Stream.of("chromium", "chromium-browser", "google-chrome").flatMap(name ->
                Stream.of(System.getenv("PATH").split(":", -1)).map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable).findFirst())
        .orElseThrow(() -> new IllegalStateException(
            "the tests of the dashboard need Chromium: apt-get install chromium, or set CHROMIUM to the program"));
  }

  Browser browser() {
    return browser;
  }

  /** What axe-core is, to be run in a page. */
  static String axe() {
    try {
      return Files.readString(TOOLS.resolve("axe-core/axe.min.js"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
