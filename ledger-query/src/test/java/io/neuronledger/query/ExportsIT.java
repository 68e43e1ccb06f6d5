package io.neuronledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.PeakMemory;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.ServiceEnvironment;
import io.neuronledger.query.fixture.Sql;
import io.neuronledger.query.fixture.Wallets;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Exports that are kept: begun, polled, fetched and removed, also a large one, with readers that stall. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExportsIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final String USAGE = "/v1/ledgers/" + OWNER + "/usage";
  private static final int ROWS = Integer.getInteger("rows", 200_000);
  private static final int READERS = 4;
  private static final int KEPT_MAX = 6;
  private static final int FEW_BYTES = 2_048;
  private static final int MANY_BYTES = 1 << 20;

  @TempDir
  private static Path folder;
  @AutoClose
  private static ServiceEnvironment environment;
  private static Service service;

  @BeforeAll
  static void start() {
    environment = new ServiceEnvironment(1);
    service = environment.service("kept", "--neuron-ledger.exports.folder=" + folder,
        "--neuron-ledger.exports.kept-of-caller-max=" + KEPT_MAX, "--neuron-ledger.exports.free-min=0GB",
        // One for an export that is written, one for a report and for the look before an export begins.
        "--neuron-ledger.database.exports-max=2",
        // A reader stalls as long as the test does, on a slow machine too.
        "--server.tomcat.connection-timeout=10m");
    environment.topic()
        .publish(AccountEventScript.started(0, 1).deposit(OWNER, Neuron.parse("10")).seal().records());
    service.awaitBlock(OWNER, 1);
  }

  @Test
  @Order(1)
  void an_export_is_begun_polled_fetched_and_removed() {
    HttpResponse<String> begun = post("/v1/ledgers/exports?state=open&format=ndjson&unit=0G");
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
    assertThat(Service.json(begun).path("source").asString()).isEqualTo("/v1/ledgers?state=open&unit=0G");
    String path = begun.headers().firstValue("Location").orElseThrow();
    JsonNode completed = completed(path);
    assertThat(completed.path("rows").asInt()).isEqualTo(1);
    assertThat(completed.at("/as_of/block").asInt()).isEqualTo(1);
    assertThat(completed.path("file_name").asString()).isEqualTo("ledgers-1.ndjson");
    HttpResponse<String> content = service.get(path + "/content");
    assertThat(content.body()).isEqualTo(Service.json(service.get("/v1/ledgers?state=open&unit=0G")).path("ledgers")
        .get(0) + "\n");
    assertThat(content.headers().firstValueAsLong("Content-Length")).hasValue(content.body().length());
    assertThat(content.headers().firstValue("Ledger-As-Of-Block")).hasValue("1");
    assertThat(service.get(path + "/content.sha256").body())
        .isEqualTo(completed.path("sha256").asString() + "  ledgers-1.ndjson\n");
    assertThatSidecarDescribes(path, completed);
    HttpResponse<String> part = service.send(HttpRequest.newBuilder(service.uri(path + "/content"))
        .header("Range", "bytes=5-9"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(content.body().substring(5, 10));
    HttpResponse<String> beyond = service.send(HttpRequest.newBuilder(service.uri(path + "/content"))
        .header("Range", "bytes=" + content.body().length() + "-"));
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.body()).contains("\"range-not-satisfiable\"");
    assertThat(beyond.headers().firstValue("Content-Range")).hasValue("bytes */" + content.body().length());
    assertThat(delete(path).statusCode()).isEqualTo(204);
    for (String gone : List.of(path, path + "/content", path + "/content.sha256", path + "/content.json")) {
      assertThat(service.get(gone).body()).contains("\"export-not-found\"");
    }
    assertThat(delete(path).statusCode()).isEqualTo(404);
  }

  /** It has what the export says of its content, and nothing that changes or ends with the export. */
  private static void assertThatSidecarDescribes(String path, JsonNode completed) {
    HttpResponse<String> sidecar = service.get(path + "/content.json");
    assertThat(sidecar.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"ledgers-1.ndjson.json\"");
    JsonNode described = Service.json(sidecar);
    assertThat(described.propertyNames())
        .containsExactly("file_name", "source", "format", "rows", "bytes", "sha256", "as_of");
    described.propertyNames().forEach(name -> assertThat(described.path(name)).as(name)
        .isEqualTo(completed.path(name)));
  }

  /** What the list refuses is refused at once, and nothing is kept. */
  @Test
  @Order(1)
  void what_the_list_refuses_is_no_export() {
    String unknown = "/v1/ledgers/" + Wallets.wallet(9);
    assertThat(post(unknown + "/usage/exports").body()).contains("\"ledger-not-found\"");
    assertThat(post(unknown + "/entries/exports").body()).contains("\"ledger-not-found\"");
    assertThat(post("/v1/ledgers/exports?at_block=99&wait=0").body()).contains("\"block-not-reached\"");
    assertThat(post("/v1/settlements/9-9-9-9/exports").body()).contains("\"settlement-not-found\"");
    assertThat(post("/v1/ledgers/exports?format=pdf").body()).contains("\"bad-parameter\"");
    assertThat(post("/v1/ledgers/exports?limit=1").body()).contains("\"unknown-parameter\"");
  }

  @Test
  @Order(1)
  void a_caller_keeps_no_more_than_its_limit() {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < KEPT_MAX; i++) {
      kept.add(begin("/v1/services/exports"));
    }
    HttpResponse<String> refused = post("/v1/services/exports");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("\"too-many-kept-exports\"");
    kept.forEach(path -> assertThat(delete(path).statusCode()).isEqualTo(204));
    removed(begin("/v1/services/exports"));
  }

  /** The last row is invalid: the export has failed, and none of its rows is anywhere. */
  @Test
  @Order(2)
  void an_export_that_fails_at_its_last_row_has_no_content() throws SQLException, IOException {
    try (Connection connection = Sql.connect(environment.postgres(), "kept")) {
      insert(connection, 3_000);
      Sql.run(connection, "UPDATE read_model.usage_request SET model = ' ' WHERE request_id = 'r-1'");
      String path = begin(USAGE + "/exports");
      JsonNode failed = ended(path);
      assertThat(failed.path("state").asString()).isEqualTo("failed");
      assertThat(failed.at("/failure/code").asString()).isEqualTo("internal-error");
      for (String part : List.of("/content", "/content.sha256", "/content.json")) {
        assertThat(service.get(path + part).body()).contains("\"export-not-completed\"");
      }
      try (var files = Files.walk(folder)) {
        assertThat(files.map(each -> each.getFileName().toString())).doesNotContain("content", "content.part");
      }
      removed(path);
    }
  }

  /**
   * Four readers stall, each before some 20 MB, which are more than the sockets hold, and a report answers meanwhile.
   * {@code -Drows=1000000} exports a million rows; that memory does not depend on them is FlatMemoryIT's.
   */
  @Test
  @Order(3)
  void many_rows_are_exported_while_readers_stall_and_reports_answer() throws SQLException, IOException {
    List<Socket> stalled = new ArrayList<>();
    try (Connection connection = Sql.connect(environment.postgres(), "kept")) {
      insert(connection, ROWS);
      String first = begin(USAGE + "/exports?start_date=2026-01-01&end_date=2026-01-03");
      long bytes = completed(first).path("bytes").asLong();
      for (int i = 0; i < READERS; i++) {
        stalled.add(stalledReader(first + "/content"));
      }
      String peakBefore = PeakMemory.text();
      long start = System.nanoTime();
      String path = begin(USAGE + "/exports");
      AtomicInteger reports = new AtomicInteger();
      await().atMost(TIMEOUT).until(() -> {
        boolean hasEnded = hasEnded(path);
        assertThat(service.get("/v1/reports/settlement").statusCode()).isEqualTo(200);
        reports.addAndGet(hasEnded ? 0 : 1);
        return hasEnded;
      });
      Duration lasted = Duration.ofNanos(System.nanoTime() - start);
      JsonNode completed = completed(path);
      assertThat(completed.path("rows").asInt()).isEqualTo(ROWS);
      assertThat(reports.get()).as("reports that answered meanwhile").isPositive();
      assertThat(Sql.isTrue(connection, """
          SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'ledger-query-export'
            AND state <> 'idle')""")).isTrue();
      System.out.printf("%,d rows, %,d bytes exported in %s while %d readers stalled and %d reports answered;"
          + " peak memory of this process %s, before %s%n", ROWS, completed.path("bytes").asLong(), lasted, READERS,
          reports.get(), PeakMemory.text(), peakBefore);
      assertThatAllRowsAreIn(path, completed.path("bytes").asLong());
      // Their content is whole, however late they go on.
      for (Socket each : stalled) {
        assertThat(bytesLeft(each)).isGreaterThan(bytes);
      }
      removed(first);
      removed(path);
    } finally {
      for (Socket each : stalled) {
        each.close();
      }
    }
  }

  private static void assertThatAllRowsAreIn(String path, long bytes) throws IOException {
    Path whole = folder.resolve("whole");
    try (var in = service.uri(path + "/content").toURL().openStream()) {
      Files.copy(in, whole);
    }
    assertThat(Files.size(whole)).isEqualTo(bytes);
    try (var lines = Files.lines(whole)) {
      assertThat(lines.skip(1).map(line -> line.substring(0, line.indexOf(','))).distinct().count()).isEqualTo(ROWS);
    }
    Files.delete(whole);
  }

  /** The answer's head and its content, without what a stalled reader has read; the connection is then closed. */
  private static long bytesLeft(Socket stalled) throws IOException {
    stalled.setReceiveBufferSize(MANY_BYTES);
    return stalled.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private static void insert(Connection connection, int rows) throws SQLException {
    Sql.run(connection, "TRUNCATE read_model.usage_request");
    Sql.run(connection, """
        INSERT INTO read_model.usage_request (owner, completed_at, provider, request_id, service, source, model,
          api_key_id, unit, input_tokens, cached_input_tokens, output_tokens, images, seconds, cache_write_tokens,
          clips, unverified_fee, price, cached_input_price, output_price, fee, partition, line, seq, recorded_at)
        SELECT decode('%s', 'hex'), timestamptz '2026-01-01 00:00:00Z' + n * interval '3 seconds',
          decode(repeat('ee', 20), 'hex'), 'r-' || n, 'inference-v1.0', 'direct', 'model', NULL, 'tokens', 100, 0, 10,
          0, 0, 0, 0, 0, 7, 1, 10, 800, 0, 0, n, now()
        FROM generate_series(1, %d) AS n""".formatted(OWNER.value().substring(2), rows));
  }

  private static Socket stalledReader(String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(FEW_BYTES);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
    socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }

  private static HttpResponse<String> post(String path) {
    return service.send(HttpRequest.newBuilder(service.uri(path)).POST(HttpRequest.BodyPublishers.noBody()));
  }

  private static HttpResponse<String> delete(String path) {
    return service.send(HttpRequest.newBuilder(service.uri(path)).DELETE());
  }

  private static String begin(String path) {
    HttpResponse<String> begun = post(path);
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
    return begun.headers().firstValue("Location").orElseThrow();
  }

  private static JsonNode ended(String path) {
    await().atMost(TIMEOUT).until(() -> hasEnded(path));
    return Service.json(service.get(path));
  }

  private static boolean hasEnded(String path) {
    return Set.of("completed", "failed").contains(Service.json(service.get(path)).path("state").asString());
  }

  private static JsonNode completed(String path) {
    JsonNode ended = ended(path);
    assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("completed");
    return ended;
  }

  private static void removed(String path) {
    assertThat(delete(path).statusCode()).isEqualTo(204);
  }
}
