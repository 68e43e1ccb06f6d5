package io.neuronledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.ServiceEnvironment;
import io.neuronledger.query.fixture.Sql;
import io.neuronledger.query.fixture.Wallets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports, which may take long, and are sent completely or not at all. */
class ExportIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final String REPORT = "/v1/reports/settlement?by=sub-account";

  private static final int OPEN_MAX = 4;
  private static final int FEW_BYTES = 2_048;

  @AutoClose
  private static ServiceEnvironment environment;
  private static Service service;

  @BeforeAll
  static void start() {
    environment = new ServiceEnvironment(1);
    service = environment.service("exports", "--neuron-ledger.database.answer-deadline=1s",
        "--neuron-ledger.database.readers-max=1", "--neuron-ledger.database.exports-max=1",
        "--neuron-ledger.answers.exports-open-max=" + OPEN_MAX,
        // A reader stalls as long as the test does, on a slow machine too.
        "--server.tomcat.connection-timeout=10m");
    environment.topic()
        .publish(AccountEventScript.started(0, 1).deposit(OWNER, Neuron.parse("10")).seal().records());
    service.awaitBlock(OWNER, 1);
  }

  /** Takes longer than any other answer may, without a row meanwhile, and delays no other request. */
  @Test
  void a_long_report_is_complete_and_delays_no_other_request() throws SQLException {
    try (Connection holding = Sql.connect(environment.postgres(), "exports");
        Connection looking = Sql.connect(environment.postgres(), "exports")) {
      holding.setAutoCommit(false);
      Sql.run(holding, "LOCK TABLE read_model.usage_hour IN ACCESS EXCLUSIVE MODE");
      CompletableFuture<HttpResponse<String>> report = CompletableFuture.supplyAsync(() -> service.get(REPORT));
      await().atMost(TIMEOUT).until(() -> report.isDone() || Sql.isTrue(looking, """
          SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'
            AND application_name LIKE 'ledger-query-%' AND query_start < clock_timestamp() - interval '3 seconds')"""));
      assertThat(service.get("/v1/ledgers/" + OWNER).statusCode()).isEqualTo(200);
      assertRefused(service.get(REPORT), "too-busy");
      holding.rollback();
      HttpResponse<String> answer = report.join();
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("\"checksum\":\"sha256:");
    }
  }

  /** The last row is invalid: none of the rows before it is sent. */
  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/csv"})
  void a_report_that_fails_at_its_last_row_is_a_problem(String form) throws SQLException {
    try (Connection connection = Sql.connect(environment.postgres(), "exports")) {
      insert(connection, 3_000);
      Sql.run(connection, "ALTER DOMAIN read_model.neuron_sum DROP CONSTRAINT IF EXISTS neuron_sum_is_whole");
      Sql.run(connection, "UPDATE read_model.usage_hour SET fees = 0.5 WHERE fees = 3000");
      HttpResponse<String> answer =
          service.send(HttpRequest.newBuilder(service.uri(REPORT))
              .header("Accept", form + ", application/problem+json"));
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(answer.headers().firstValue("Ledger-As-Of-Block")).isEmpty();
      Sql.run(connection, "TRUNCATE read_model.usage_hour");
    }
  }

  /** Each requests more than the socket buffers hold, and reads nothing. */
  @Test
  void stalled_readers_hold_no_connection_and_further_exports_are_refused() throws SQLException, IOException {
    List<Socket> stalled = new ArrayList<>();
    try (Connection connection = Sql.connect(environment.postgres(), "exports")) {
      insert(connection, 100_000);
      for (int i = 1; i < OPEN_MAX; i++) {
        stalled.add(stalledReader());
      }
      HttpResponse<String> whole =
          service.send(HttpRequest.newBuilder(service.uri(REPORT)).header("Accept", "text/csv"));
      assertThat(whole.statusCode()).isEqualTo(200);
      assertThat(whole.headers().firstValue("Ledger-Rows")).hasValue("100000");
      assertThat(whole.body().lines()).hasSize(100_001);
      assertThat(whole.headers().firstValueAsLong("Content-Length")).hasValue(whole.body().length());
      stalled.add(stalledReader());
      await().atMost(TIMEOUT).untilAsserted(() -> assertRefused(service.get(REPORT), "too-many-exports"));
      assertThat(service.get("/v1/ledgers/" + OWNER).statusCode()).isEqualTo(200);
    } finally {
      for (Socket each : stalled) {
        each.close();
      }
    }
    await().atMost(TIMEOUT).until(() -> service.get(REPORT).statusCode() == 200);
  }

  private static void assertRefused(HttpResponse<String> answer, String code) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
  }

  private static Socket stalledReader() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(FEW_BYTES);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
    socket.getOutputStream().write(("GET " + REPORT + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII));
    // After its first byte, the whole export is written and being sent.
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }

  private static void insert(Connection connection, int rows) throws SQLException {
    Sql.run(connection, "TRUNCATE read_model.usage_hour");
    Sql.run(connection, """
        INSERT INTO read_model.usage_hour
        SELECT decode(lpad(to_hex(nth), 40, '0'), 'hex'), TIMESTAMPTZ '2026-01-01', decode(repeat('ee', 20), 'hex'),
          'inference', 'model', 'direct', '', 1, 0, 0, 0, 0, 0, 0, 0, nth, 0
        FROM generate_series(1, %d) AS nth""".formatted(rows));
  }
}
