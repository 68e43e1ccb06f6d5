package io.neuronledger.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.History;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.RawHttp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The service with two partitions of history, queried over HTTP. */
final class RebuildFixture implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(60);
  /** The month before the first block. */
  static final AccountingPeriod MONTH = AccountingPeriod.parse("2025-12");
  private static final String DATABASE = "rebuild";
  private static final ServiceName METERED = ServiceName.of("inference-v1.0");

  final History first = History.of(12, 0, 2, 400);
  final History second = History.of(12, 1, 2, 400);
  private final PostgresServer postgres = PostgresServer.startTemporary();
  private final Topic topic = new Topic(2);
  private final Meters reports = new Meters();
  private Service service = start();

  RebuildFixture() {
    first.script().seal(300 - (int) first.script().block());
    second.script().seal(300 - (int) second.script().block());
    topic.publish(first.records());
    topic.publish(second.records());
    awaitBlock(299);
  }

  /** Starts another instance. */
  Service start() {
    return new Service(postgres, DATABASE, 2, "--neuron-ledger.intake.batch-max=100");
  }

  void restart() {
    service.close();
    service = start();
  }

  Service service() {
    return service;
  }

  long events() {
    return (long) first.records().size() + second.records().size();
  }

  /** Seals a block in each partition and returns its number. */
  long seal() {
    first.script().seal();
    second.script().seal();
    topic.publish(last(first.script(), 1));
    topic.publish(last(second.script(), 1));
    return first.script().block() - 1;
  }

  /** Asserts that the service processes and answers new records. */
  void assertContinues() {
    awaitBlock(seal());
  }

  /** Returns an owner with {@code count} reported requests of {@code model-a}. */
  WalletAddress manyRequests(int count) {
    WalletAddress owner = first.owners().getFirst();
    SubAccountId id = new SubAccountId(owner, History.providers().getFirst(), ServiceName.of("inference-v1.0"));
    Meters meters = new Meters();
    int from = first.records().size();
    for (int i = 0; i < count; i += 500) {
      int start = i;
      first.script().add(meters.recorded(id, IntStream.range(0, 500).mapToObj(nth -> Meters.line("r-" + (start + nth),
          Chain.blockTime(1).plusSeconds(start + nth), 7)).toList()));
    }
    topic.publish(first.records().subList(from, first.records().size()));
    assertContinues();
    return owner;
  }

  /** Reports one request of the month before the first block. */
  void reportUsage(String request, long fee) {
    SubAccountId id = new SubAccountId(first.owners().getFirst(), History.providers().getFirst(), METERED);
    first.script().add(reports.recorded(id, List.of(Meters.line(request, MONTH.from().plusSeconds(60), fee))));
    topic.publish(last(first.script(), 1));
    assertContinues();
  }

  /** Publishes a decision about a period. */
  void decide(AccountEvent.PeriodEvent decision) {
    first.script().add(decision);
    topic.publish(last(first.script(), 1));
  }

  /** Freezes the report of the month. */
  FrozenReport freeze() {
    RawHttp.Answer answer = RawHttp.send(service.port(), "POST", "/v1/periods/" + MONTH + "/reports",
        "Content-Length: 0");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return QueryFixture.JSON.treeToValue(QueryFixture.JSON.readTree(answer.body()).path("report"), FrozenReport.class);
  }

  JsonNode period() {
    return QueryFixture.JSON.readTree(get("/v1/periods/" + MONTH).body());
  }

  String keptReport(FrozenReport report) {
    return get("/v1/periods/" + MONTH + "/reports/" + report.hash()).body();
  }

  /** What is answered for the days of the month. */
  String report() {
    return report(MONTH);
  }

  /** What is answered for the days of the next month. */
  String reportAfter() {
    return report(MONTH.next());
  }

  private String report(AccountingPeriod period) {
    return get("/v1/reports/settlement?by=sub-account&start_date=" + period.firstDay() + "&end_date="
        + period.lastDay()).body();
  }

  private static List<AccountRecord> last(AccountEventScript script, int count) {
    return script.records().subList(script.records().size() - count, script.records().size());
  }

  void awaitBlock(long block) {
    for (History history : List.of(first, second)) {
      String path = "/v1/ledgers/" + history.owners().getFirst() + "/entries?min_block=" + block + "&wait=30";
      assertThat(get(path).status()).isEqualTo(200);
    }
  }

  Map<String, String> answers() {
    Map<String, String> answers = new TreeMap<>();
    for (String path : List.of("/v1/refunds", "/v1/settlements", "/v1/discrepancies", "/v1/reports/settlement")) {
      answers.put(path, get(path).body());
    }
    for (History history : List.of(first, second)) {
      for (WalletAddress owner : history.owners()) {
        for (String path : List.of("", "/sub-accounts", "/entries?limit=500", "?at_block=5", "/usage")) {
          answers.put(owner + path, get("/v1/ledgers/" + owner + path).body());
        }
      }
    }
    return answers;
  }

  /** As the superuser. */
  Contents contents() {
    return new Contents(postgres.jdbcUrl(DATABASE), postgres.superuser());
  }

  /** As the role with which the service runs. */
  Contents connection() {
    return new Contents(postgres.jdbcUrl(DATABASE), postgres.database(DATABASE).running());
  }

  RawHttp.Answer send(String method) {
    return RawHttp.send(service.port(), method, "/v1/admin/rebuild", "Content-Length: 0");
  }

  RawHttp.Answer get(String path) {
    return RawHttp.send(service.port(), "GET", path);
  }

  JsonNode view() {
    return QueryFixture.JSON.readTree(get("/v1/admin/rebuild").body());
  }

  String state() {
    JsonNode view = view();
    assertThat(view.path("state").asString()).as(view.toString()).isNotEqualTo("failed");
    return view.path("state").asString();
  }

  @Override
  public void close() {
    service.close();
    topic.close();
    postgres.close();
  }
}
