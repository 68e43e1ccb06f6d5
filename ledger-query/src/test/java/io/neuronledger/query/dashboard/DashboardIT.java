package io.neuronledger.query.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The running service, with the dashboard of this build and without. */
class DashboardIT {
  /** Tomcat's own limit is a little less. */
  private static final int WORTH_COMPRESSING = 4_096;
  private static final Pattern FILE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  @Test
  void the_dashboard_of_this_build_is_served_compressed_and_without_a_credential() {
    try (PostgresServer postgres = PostgresServer.startTemporary();
        Service service = Service.withoutKafka(postgres, "dashboard", 1, "--neuron-ledger.dashboard.enabled=true",
            "--neuron-ledger.dashboard.command=http://127.0.0.1:8082")) {
      RawHttp.Answer page = RawHttp.send(service.port(), "GET", "/");
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.mediaType()).isEqualTo("text/html");
      assertThat(page.header("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
          .startsWith("default-src 'none'; ").contains("connect-src 'self' http://127.0.0.1:8082;"));
      assertThat(page.header("Set-Cookie")).isEmpty();
      assertThat(page.body()).doesNotContain("<style", "style=", "http:", "https:").doesNotContainPattern("<script>");
      List<String> files = FILE.matcher(page.body()).results().map(found -> found.group(1).replaceFirst("^\\./", "/"))
          .toList();
      assertThat(files).isNotEmpty().allMatch(file -> file.startsWith("/assets/"));
      List<String> compressed = new ArrayList<>();
      for (String file : files) {
        RawHttp.Answer answer = RawHttp.send(service.port(), "GET", file);
        assertThat(answer.status()).as(file).isEqualTo(200);
        if (answer.body().length() > WORTH_COMPRESSING) {
          compressed.add(file);
          assertThat(RawHttp.send(service.port(), "GET", file, "Accept-Encoding: gzip").header("Content-Encoding"))
              .as(file).contains("gzip");
        }
        assertThat(answer.header("Cache-Control")).as(file).contains("max-age=31536000, public, immutable");
      }
      assertThat(compressed).anyMatch(file -> file.endsWith(".js")).anyMatch(file -> file.endsWith(".css"));
      assertThat(RawHttp.send(service.port(), "HEAD", "/").status()).isEqualTo(200);
      assertThat(RawHttp.send(service.port(), "GET", "/?code=c").body()).contains("\"unknown-parameter\"");
      RawHttp.Answer returned =
          RawHttp.send(service.port(), "GET", "/signed-in?code=c&state=s&session_state=any&code=d");
      assertThat(returned.status()).as(returned.body()).isEqualTo(200);
      assertThat(returned.mediaType()).isEqualTo("text/html");
      assertThat(returned.header("Content-Security-Policy")).hasValueSatisfying(policy ->
          assertThat(policy).startsWith("default-src 'none'; ").contains("connect-src 'self';"));
      assertThat(RawHttp.send(service.port(), "POST", "/").body()).contains("\"method-not-allowed\"");
      assertThat(RawHttp.send(service.port(), "GET", "/assets/none.js").body()).contains("\"unknown-path\"");
      assertThat(QueryFixture.JSON.readTree(RawHttp.send(service.port(), "GET", "/dashboard.json").body())
          .at("/services/command").asString()).isEqualTo("http://127.0.0.1:8082");
    }
  }

  @Test
  void without_a_dashboard_nothing_is_at_its_paths() {
    try (PostgresServer postgres = PostgresServer.startTemporary();
        Service service = Service.withoutKafka(postgres, "no_dashboard", 1)) {
      for (String path : List.of("/", "/signed-in", "/assets/main.js", "/dashboard.json")) {
        RawHttp.Answer answer = RawHttp.send(service.port(), "GET", path);
        assertThat(answer.status()).as(path).isEqualTo(404);
        assertThat(answer.body()).as(path).contains("\"unknown-path\"");
      }
    }
  }
}
