package io.neuronledger.query.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.period.ReportHash;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.RawHttp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A month that is frozen and closed, over HTTP: before, while and after the read model is rebuilt, and in a fresh
 * database.
 */
class ClosedMonthIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  /** The month before the first block. */
  private static final AccountingPeriod DECEMBER = AccountingPeriod.parse("2025-12");
  private static final SubAccountId METER =
      new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), ServiceName.of("a"));
  private static final String DAYS = "/v1/reports/settlement?start_date=2025-12-01&end_date=2025-12-31";

  private static final String STATEMENT =
      "/v1/providers/" + METER.provider() + "/statement?start_date=2025-12-01&end_date=2025-12-31";
  /** At the end of the day before it was closed. */
  private static final String OWN_THEN = "/v1/ledgers/" + METER.owner() + "/statement?known_at=2026-02-01";
  private static final String KNOWN = DAYS + "&known_at=2026-02-01";

  private static final PostgresServer POSTGRES = PostgresServer.startTemporary();
  private static final ApiDocument DOCUMENT = new ApiDocument();
  private static final Meters METERS = new Meters();
  @TempDir
  private static Path folder;
  private static Topic topic;
  private static Service service;
  private static AccountEventScript script;
  private static int published;

  @BeforeAll
  static void start() {
    topic = new Topic(1);
    // A sub-account names the service, so that it exists and its usage counts.
    script = AccountEventScript.started(0, 1).seal().deposit(METER.owner(), Neuron.ofZeroG("10"))
        .transfer(METER, Neuron.ofZeroG("4")).seal();
    report("r-1", 10);
    script.seal();
    publish();
    service = started("closed_month");
  }

  private static Service started(String database) {
    Service started = new Service(POSTGRES, database, 1, "--neuron-ledger.exports.folder=" + folder,
        "--neuron-ledger.exports.free-min=0GB");
    await().atMost(PATIENCE).until(() ->
        RawHttp.send(started.port(), "GET", "/v1/ledgers?wait=0&min_block=1").status() == 200);
    return started;
  }

  @AfterAll
  static void stop() {
    service.close();
    topic.close();
    POSTGRES.close();
  }

  @Test
  void the_same_request_gives_the_same_bytes_also_after_a_rebuild() {
    assertThat(json(get("/v1/periods")).path("periods")).isEmpty();
    assertThat(json(get("/v1/periods/2025-12")).path("state").asString()).isEqualTo("open");
    assertThat(json(send("POST", "/v1/periods/2026-01/reports")).path("code").asString()).isEqualTo("period-not-over");
    assertThat(json(get("/v1/periods/2025-12/reports/" + "0".repeat(64))).path("code").asString())
        .isEqualTo("period-report-not-found");

    JsonNode frozen = json(send("POST", "/v1/periods/2025-12/reports"));
    assertThat(frozen.path("frozen_by").asString()).isEqualTo("local");
    FrozenReport report = QueryFixture.JSON.treeToValue(frozen.path("report"), FrozenReport.class);
    String kept = "/v1/periods/2025-12/reports/" + report.hash();
    String bytes = get(kept).body();
    assertThat(ReportHash.digest().digest(bytes.getBytes(StandardCharsets.UTF_8)))
        .asHexString().isEqualToIgnoringCase(report.hash().value());
    script.stream().later(Duration.ofDays(1));
    report("r-2", 5);
    publish();
    awaitUsed("15");
    assertThat(json(get(KNOWN)).path("code").asString()).isEqualTo("day-not-over");
    script.add(new AccountEvent.PeriodClosingProposed(DECEMBER, report, "ann", PartitionStream.RECORDED_AT));
    publish();
    await().atMost(PATIENCE).until(() -> state().equals("closing-proposed"));
    awaitUsed("15");
    script.add(new AccountEvent.PeriodClosed(DECEMBER, report, "ann", "ben", PartitionStream.RECORDED_AT));
    publish();
    await().atMost(PATIENCE).until(() -> state().equals("closed"));

    assertThat(get(DAYS + "&by=sub-account").body()).isEqualTo(bytes);
    script.seal();
    publish();
    await().atMost(PATIENCE).until(() ->
        json(get("/v1/ledgers")).at("/as_of/block").asLong() > report.block());
    assertExportIsTheCsv(DAYS + "&by=sub-account");
    assertStatementIsOfTheReport(report);
    JsonNode known = json(get(KNOWN + "&by=sub-account"));
    assertThat(known.path("rows")).isEqualTo(QueryFixture.JSON.readTree(bytes).path("rows"));
    assertExportIsTheCsv(KNOWN + "&by=sub-account");
    List<String> answers = answers();
    assertThat(answers.getFirst()).contains("\"used\":\"10\"");
    JsonNode january = json(get("/v1/reports/settlement?start_date=2026-01-01&end_date=2026-01-31"));
    assertThat(january.at("/rows/0/opening").asString()).isEqualTo("10");
    assertThat(january.at("/rows/0/adjusted").asString()).isEqualTo("5");
    assertThat(january.at("/adjustments/0/period").asString()).isEqualTo("2025-12");
    assertTableHasTheAdjustment();

    assertThat(send("POST", "/v1/admin/rebuild").status()).isEqualTo(202);
    await().atMost(PATIENCE).until(() -> {
      report("r-" + script.records().size(), 1);
      publish();
      assertThat(answers()).isEqualTo(answers);
      return json(get("/v1/admin/rebuild")).path("state").asString().equals("done");
    });
    assertThat(answers()).isEqualTo(answers);
    assertThat(get(kept).body()).isEqualTo(bytes);
    assertThat(json(send("POST", "/v1/periods/2025-12/reports")).path("report")).isEqualTo(frozen.path("report"));
    JsonNode period = json(get("/v1/periods")).at("/periods/0");
    assertThat(period.path("kept").asBoolean()).isTrue();
    assertThat(period.path("decisions").findValuesAsString("by")).containsExactly("ann", "ben");
    assertThat(period.path("decisions").findValuesAsString("number")).containsExactly("1", "2");

    service.close();
    service = started("closed_month_again");
    await().atMost(PATIENCE).until(() -> state().equals("closed")
        && json(get("/v1/periods/2025-12")).path("kept").asBoolean());
    assertThat(get(DAYS + "&by=sub-account").body()).as("a fresh database").isEqualTo(bytes);
    assertThat(differing()).isEmpty();
    assertDifferenceIsFound(report);
  }

  /** By itself, and until the report is made with its hash. */
  private static void assertDifferenceIsFound(FrozenReport report) {
    execute("UPDATE read_model.usage_request SET fee = fee + 1");
    execute("TRUNCATE read_model_control.period_report, read_model_control.period_report_part,"
        + " read_model_control.period_report_line");
    await().atMost(PATIENCE).until(() -> !differing().isEmpty());
    JsonNode found = differing().path(0);
    assertThat(differing()).hasSize(1);
    assertThat(found.path("key").asString()).isEqualTo("period-report-differs:2025-12:" + report.hash());
    assertThat(found.path("state").asString()).isEqualTo("open");
    assertThat(found.has("owner")).isFalse();
    assertThat(found.at("/report/period").asString()).isEqualTo("2025-12");
    assertThat(found.at("/report/closed_by").asString()).isEqualTo(report.hash().value());
    assertThat(found.at("/report/made").asString()).hasSize(64).isNotEqualTo(report.hash().value());
    assertThat(json(get("/v1/discrepancies?state=resolved&state=retracted")).path("discrepancies")).isEmpty();
    assertThat(json(get("/v1/discrepancies?owner=" + METER.owner() + "&kind=period-report-differs"))
        .path("discrepancies")).isEmpty();
    assertThat(metrics()).contains("ledger_query_period_reports_differing 1.0");
    assertThat(json(get(DAYS)).path("code").asString()).isEqualTo("period-report-not-kept");
    assertThat(json(send("POST", "/v1/periods/2025-12/reports")).path("code").asString())
        .isEqualTo("period-report-differs");

    execute("UPDATE read_model.usage_request SET fee = fee - 1");
    assertThat(json(send("POST", "/v1/periods/2025-12/reports")).path("report"))
        .isEqualTo(QueryFixture.JSON.readTree(QueryFixture.JSON.writeValueAsString(report)));
    assertThat(differing()).isEmpty();
    assertThat(metrics()).contains("ledger_query_period_reports_differing 0.0");
  }

  private static JsonNode differing() {
    return json(get("/v1/discrepancies?kind=period-report-differs")).path("discrepancies");
  }

  private static String metrics() {
    return RawHttp.send(service.port(), "GET", "/actuator/prometheus").body();
  }

  /** As the superuser. */
  private static void execute(String sql) {
    try (Connection connection =
            POSTGRES.superuser().on(POSTGRES.jdbcUrl("closed_month_again")).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The adjustment is a line of its own, and all lines add up to the closing balance. */
  private static void assertTableHasTheAdjustment() {
    String january = "/v1/reports/settlement?start_date=2026-01-01&end_date=2026-01-31";
    String table = """
        period,provider,owner,service,opening,used,unverified_used,settled,written_off,closing,requests,settlements\r
        "2026-01","%1$s",,,"10","0","0","0","0","15",0,0\r
        "2025-12","%1$s",,,,"5","0","0","0",,1,0\r
        """.formatted(METER.provider().checksummed());
    RawHttp.Answer csv = get(january, "Accept: text/csv");
    assertThat(csv.body()).isEqualTo(table);
    assertThat(csv.header("Ledger-Rows")).hasValue("2");
    assertThat(json(get(january)).path("row_count").asInt()).as("without adjustments").isEqualTo(1);
    assertThat(json(get(january)).path("checksum").asString()).isEqualTo("sha256:" + HexFormat.of()
        .formatHex(ReportHash.digest().digest(table.getBytes(StandardCharsets.UTF_8))));
    assertThat(exported(january + "&format=csv")).isEqualTo(table);
    assertThat(exported(january + "&format=ndjson").lines().map(QueryFixture.JSON::readTree)
        .map(line -> line.path("period").asString() + " " + line.path("used").asString()))
        .containsExactly("2026-01 0", "2025-12 5");
  }

  private static void assertExportIsTheCsv(String report) {
    assertThat(exported(report + "&format=csv")).isEqualTo(get(report, "Accept: text/csv").body());
  }

  /** The content of an export, which is as of the block of the same report. */
  private static String exported(String report) {
    String path = "/v1/exports/" + json(send("POST", report.replace("settlement?", "settlement/exports?")))
        .path("id").asString();
    await().atMost(PATIENCE).until(() -> json(get(path)).path("state").asString().equals("completed"));
    String asked = report.substring(0, report.indexOf("&format="));
    assertThat(json(get(path)).at("/as_of/block")).isEqualTo(json(get(asked)).at("/as_of/block"));
    return get(path + "/content").body();
  }

  private static void assertStatementIsOfTheReport(FrozenReport report) {
    JsonNode statement = json(get(STATEMENT));
    assertThat(statement.at("/as_of/block").asLong()).isEqualTo(report.block());
    assertThat(statement.at("/total/used").asString()).isEqualTo("10");
    assertThat(statement.at("/usage/0/fees").asString()).as("without what came late").isEqualTo("10");
    assertThat(json(get(statement.at("/verify/0").asString())).path("rows")).isEqualTo(statement.path("accounts"));
  }

  private static List<String> answers() {
    return List.of(get(DAYS).body(), get(DAYS + "&by=sub-account").body(), get(DAYS + "&unit=0G").body(),
        get(DAYS + "&provider=" + METER.provider()).body(), get(DAYS, "Accept: text/csv").body(),
        get(KNOWN).body(), get(KNOWN, "Accept: text/csv").body(), get(STATEMENT).body(),
        get(STATEMENT, "Accept: text/csv").body(), get(STATEMENT + "&known_at=2026-02-01").body(),
        get(OWN_THEN).body(), get(OWN_THEN, "Accept: text/csv").body());
  }

  private static void report(String request, long fee) {
    UsageLine line = Meters.line(request, DECEMBER.from().plusSeconds(60), fee);
    script.add(METERS.recorded(METER, List.of(line)));
  }

  private static void publish() {
    List<AccountRecord> records = script.records();
    topic.publish(records.subList(published, records.size()));
    published = records.size();
  }

  private static void awaitUsed(String used) {
    await().atMost(PATIENCE).until(() -> json(get(DAYS)).at("/rows/0/used").asString().equals(used));
  }

  private static String state() {
    return json(get("/v1/periods/2025-12")).path("state").asString();
  }

  private static JsonNode json(RawHttp.Answer answer) {
    return QueryFixture.JSON.readTree(answer.body());
  }

  private static RawHttp.Answer get(String target, String... headers) {
    return send("GET", target, headers);
  }

  private static RawHttp.Answer send(String method, String target, String... headers) {
    RawHttp.Answer answer = RawHttp.send(service.port(), method, target, headers);
    assertThat(DOCUMENT.faults(method, target, answer)).as(method + " " + target + " " + answer.body()).isEmpty();
    return answer;
  }
}
