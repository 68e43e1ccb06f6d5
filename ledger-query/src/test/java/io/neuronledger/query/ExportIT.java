package io.neuronledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.infra.servers.PostgresServer;
import io.neuronledger.query.scene.Scribe;
import io.neuronledger.query.scene.Service;
import io.neuronledger.query.scene.Sql;
import io.neuronledger.query.scene.Topic;
import io.neuronledger.query.scene.Wallets;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are written while they are read: they may take long, and end whole or not at all. */
class ExportIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final String REPORT = "/v1/reports/settlement?by=sub-account";

  private static PostgresServer postgres;
  private static Topic topic;
  private static Service service;

  @BeforeAll
  static void start() {
    postgres = PostgresServer.startTemporary();
    topic = new Topic(1);
    service = new Service(postgres, "exports", 1, "--neuron-ledger.database.answer-deadline=1s",
        "--neuron-ledger.database.readers-max=1", "--neuron-ledger.database.exports-max=1");
    topic.publish(Scribe.begun(0, 1).deposit(OWNER, Neuron.parse("10")).seal().records());
    assertThat(service.get("/v1/ledgers/" + OWNER + "?min_block=1&wait=30").statusCode()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    service.close();
    topic.close();
    postgres.close();
  }

  /** Longer than any other answer may, also without a row for so long; and nobody else waits for it. */
  @Test
  void a_long_report_comes_whole_and_keeps_nobody_waiting() throws SQLException {
    try (Connection holding = Sql.connect(postgres, "exports"); Connection looking = Sql.connect(postgres, "exports")) {
      holding.setAutoCommit(false);
      Sql.run(holding, "LOCK TABLE read_model.usage_hour IN ACCESS EXCLUSIVE MODE");
      CompletableFuture<HttpResponse<String>> report = CompletableFuture.supplyAsync(() -> service.get(REPORT));
      await().atMost(PATIENCE).until(() -> report.isDone() || Sql.isTrue(looking, """
          SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'
            AND application_name LIKE 'ledger-query-%' AND query_start < clock_timestamp() - interval '3 seconds')"""));
      assertThat(service.get("/v1/ledgers/" + OWNER).statusCode()).isEqualTo(200);
      holding.rollback();
      HttpResponse<String> answer = report.join();
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("\"checksum\":\"sha256:");
    }
  }

  /** The last row is one that cannot be: what came before it must not pass for a report. */
  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/csv"})
  void what_fails_behind_its_first_rows_breaks_off(String form) throws SQLException {
    try (Connection connection = Sql.connect(postgres, "exports")) {
      Sql.run(connection, "TRUNCATE read_model.usage_hour");
      Sql.run(connection, "ALTER DOMAIN read_model.neuron_sum DROP CONSTRAINT IF EXISTS neuron_sum_is_whole");
      Sql.run(connection, """
          INSERT INTO read_model.usage_hour
          SELECT decode(lpad(to_hex(nth), 40, '0'), 'hex'), TIMESTAMPTZ '2026-01-01', decode(repeat('ee', 20), 'hex'),
            'inference', 'model', 'direct', '', 1, 0, 0, 0, 0, 0, CASE nth WHEN 3000 THEN 0.5 ELSE nth END
          FROM generate_series(1, 3000) AS nth""");
      assertThatThrownBy(() -> service.send(HttpRequest.newBuilder(service.uri(REPORT)).header("Accept", form)))
          .hasCauseInstanceOf(IOException.class);
    }
  }
}
