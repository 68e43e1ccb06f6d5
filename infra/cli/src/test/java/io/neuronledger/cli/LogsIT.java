package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.contracts.topic.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The command on a running ledger-query, whose log somebody writes by hand. */
class LogsIT {
  private final RunningQuery query = new RunningQuery();
  private final StringWriter out = new StringWriter();

  @AfterEach
  void stop() {
    query.close();
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    return Cli.commandLine().setOut(new PrintWriter(out, true)).execute(Stream.concat(
        Stream.concat(Stream.of("logs"), Arrays.stream(arguments)), Stream.of("--url", query.url()))
        .toArray(String[]::new));
  }

  /** More than one page, and then a record that no service has written. */
  @Test
  void a_whole_log_is_printed_and_a_broken_one_is_an_error() {
    for (int i = 0; i < 300; i++) {
      assertThat(query.api().get("/v1/admin/quarantine?owner=" + i).statusCode()).isEqualTo(400);
    }
    assertThat(run("verify", "--records")).as(out.toString()).isZero();
    assertThat(out.toString()).contains("an instance has started",
        "local from 127.0.0.1 asks", ": GET /v1/admin/quarantine?owner=299 of all", "ledger-query: 1 chains, all hold",
        "ledger-command: 0 chains, all hold", "; newest: ");
    assertThat(run("verify", "--json")).isZero();
    assertThat(JsonMapper.shared().readTree(out.toString()).path("holds").asBoolean()).isTrue();
    assertThat(run("list", "--service", "ledger-query", "--caller", "nobody")).isZero();
    assertThat(out.toString()).isEmpty();
    assertThat(run("list", "--service", "ledger-query", "--caller", "local")).isZero();
    assertThat(out.toString()).contains("local from 127.0.0.1 asks", "owner=299");

    query.write(Topics.ACCESS_LOG, AccessLogPartition.LEDGER_QUERY.number(),
        "{\"by\":\"hand\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(run("verify", "--service", "ledger-query")).as(out.toString()).isEqualTo(1);
    assertThat(out.toString()).contains("BROKEN: the record cannot be read", "ledger-query: 1 chains, 1 faults");
    assertThat(run("verify", "--records", "--service", "chain-indexer")).isZero();
  }

  /** Whoever may write the log, and no service, has written what a terminal would obey. */
  @Test
  void what_a_terminal_would_obey_is_not_printed() {
    query.write(Topics.ACCESS_LOG, AccessLogPartition.CHAIN_INDEXER.number(), """
        {"chain":"00000000-0000-0000-0000-000000000001","seq":1,"previous":"0x%s","at":"2026-01-01T00:00:00Z",\
        "entry":{"type":"started","service":"\\u001b[2Jforged\\u009b31m\\r\\nline"}}""".formatted("0".repeat(64))
        .getBytes(StandardCharsets.UTF_8));
    query.write(Topics.ACCESS_LOG, AccessLogPartition.CHAIN_INDEXER.number(), """
        {"chain":"00000000-0000-0000-0000-000000000001","seq":2,"previous":"0x%s","at":"2026-01-01T00:00:00Z",\
        "entry":{"type":"answered","request":"00000000-0000-0000-0000-000000000002",\
        "subject":"\\u001b]0;forged\\u0007","owners":[],"status":200}}""".formatted("0".repeat(64))
        .getBytes(StandardCharsets.UTF_8));
    assertThat(run("verify", "--records", "--service", "chain-indexer")).as(out.toString()).isEqualTo(1);
    assertThat(out.toString()).contains("?]0;forged? is answered").matches("[ -~\\r\\n]*").doesNotContain("\nline");
  }
}
