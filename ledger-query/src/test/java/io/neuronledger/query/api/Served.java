package io.neuronledger.query.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.PublicTopic;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.RawHttp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** The running service with data for every path; checks each answer against the document. */
final class Served implements AutoCloseable {
  static final WalletAddress OWNER = Wallets.wallet(1);
  static final WalletAddress PROVIDER = Wallets.wallet(7);
  static final ServiceName SERVICE = ServiceName.of("inference-v1.0");
  static final WalletAddress QUARANTINED = Wallets.wallet(3);
  /** An entry of the owner: the settlement of block 2. */
  static final String SETTLED = "0-8";
  /** The transaction that caused it. */
  static final String TRANSACTION = "0x" + "0".repeat(15) + "2" + "0".repeat(7) + "4" + "a".repeat(40);
  private static final SubAccountId ID = new SubAccountId(OWNER, PROVIDER, SERVICE);
  private static final SubAccountId SLASHED = new SubAccountId(OWNER, PROVIDER, ServiceName.of("a/b;c d"));

  final ApiDocument document = new ApiDocument();
  final PostgresServer postgres = PostgresServer.startTemporary();
  final Topic topic = new Topic(1);
  private final PublicTopic publicTopic = new PublicTopic(1);
  final Service service;
  /** The id of a webhook of the one caller that there is, with a URL where nobody listens. */
  final String webhook;
  private final Set<String> codes = new ConcurrentSkipListSet<>();

  Served(String database) {
    service = new Service(postgres, database, 1, "--neuron-ledger.database.answer-deadline=2s",
        "--neuron-ledger.dashboard.enabled=true", "--neuron-ledger.dashboard.command=http://127.0.0.1:8082",
        // Every parameter of every export begins one.
        "--neuron-ledger.exports.kept-max=10000", "--neuron-ledger.exports.kept-of-caller-max=10000",
        "--neuron-ledger.exports.free-min=0GB");
    AccountEventScript script = events();
    topic.publish(script.records());
    publicTopic.publish(script.records());
    topic.publishRaw(0, Optional.of(QUARANTINED), "{\"odd\":1}");
    // Takes the seq of the odd record.
    script.deposit(QUARANTINED, Neuron.parse("1")).seal();
    topic.publish(List.of(script.records().getLast()));
    assertThat(get("/v1/ledgers/" + OWNER + "?min_block=6&wait=30").status()).isEqualTo(200);
    Awaitility.await().until(() -> get("/v1/events?until=now").status() == 200);
    webhook = json(sendJson("POST", "/v1/webhooks", "{\"url\":\"http://127.0.0.1:65535/\"}")).at("/webhook/id")
        .asString();
  }

  private static Optional<ServicePrice> price(String additionalInfo) {
    return Optional.of(new ServicePrice("chatbot", "https://gpu.example", Optional.of("model-a"),
        Neuron.parse("100000000000"), Optional.of(Neuron.parse("320000000000")), Optional.of("TeeML"),
        Optional.of(additionalInfo)));
  }

  private static AccountEventScript events() {
    Meters meters = new Meters();
    Units tokens = new Units.Tokens(1_000, 200, 50, Neuron.parse("7"), Neuron.parse("1"), Neuron.parse("10"));
    List<UsageLine> lines = List.of(
        Meters.line("r-1", Chain.blockTime(1), "deepseek", tokens, UsageSource.DIRECT, Optional.of("key-1")),
        Meters.line("r-2", Chain.blockTime(2), "flux", new Units.Images(2, Neuron.parse("50")), UsageSource.ROUTER,
            Optional.empty()),
        Meters.line("r-3", Chain.blockTime(1).plusSeconds(1), "whisper", new Units.Seconds(9, Neuron.parse("3")),
            UsageSource.DIRECT, Optional.empty()));
    AccountEventScript script = AccountEventScript.started(0, 1).lockPeriod(SERVICE, Duration.ofMinutes(10)).seal()
        .deposit(OWNER, Neuron.ofZeroG("10")).deposit(QUARANTINED, Neuron.ofZeroG("1"))
        .transfer(ID, Neuron.parse("90000")).transfer(SLASHED, Neuron.parse("70"))
        .add(meters.recorded(ID, lines)).settle(ID, Neuron.parse("6000"), Neuron.parse("400")).seal()
        .request(ID, Neuron.parse("100")).request(SLASHED, Neuron.parse("70")).seal();
    script.add(new LedgerEvent.DiscrepancyFound(OWNER, "breach-1", Rule.REFUND_WITHIN_FREE, Optional.of(ID),
        "at most 5", "6", script.cause()));
    script.add(new LedgerEvent.DiscrepancyResolved(OWNER, "breach-1", "a typing error", "finance",
        Instant.parse("2026-02-01T00:00:00Z")));
    script.restate(OWNER, script.state(OWNER));
    script.add(new PartitionEvent.ReconciliationEnded("run-1", 3, Chain.blockHash(3, 0), Chain.blockTime(3), 0, 2,
        Neuron.ofZeroG("11"), Neuron.ofZeroG("11")));
    script.seal().deposit(OWNER, Neuron.parse("1")).seal();
    script.retract(5);
    // On the next day.
    script.stream().later(Duration.ofDays(1));
    return script.deposit(OWNER, Neuron.parse("2")).price(PROVIDER, SERVICE, price("{}"))
        .price(OWNER, SERVICE, price("{\"priceDenomination\":\"USD\"}")).seal();
  }

  int port() {
    return service.port();
  }

  RawHttp.Answer get(String target, String... headers) {
    return send("GET", target, headers);
  }

  /** Sends a request and asserts that the answer conforms to the document. */
  RawHttp.Answer send(String method, String target, String... headers) {
    return checked(method, target, RawHttp.send(port(), method, target, headers));
  }

  /** The same with a body. */
  RawHttp.Answer sendJson(String method, String target, String json) {
    return checked(method, target, RawHttp.send(port(), method + " " + target + " HTTP/1.0\r\nHost: 127.0.0.1\r\n"
        + "Content-Type: application/json\r\nContent-Length: " + json.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n" + json));
  }

  private RawHttp.Answer checked(String method, String target, RawHttp.Answer answer) {
    if (!method.equals("HEAD")) {
      assertThat(document.faults(method, target, answer)).as(method + " " + shortened(target) + " -> " + answer.body())
          .isEmpty();
    }
    if (answer.mediaType().equals("application/problem+json")) {
      codes.add(json(answer).path("code").asString());
    }
    return answer;
  }

  private static String shortened(String target) {
    return target.length() < 300 ? target : target.substring(0, 300) + "…";
  }

  static JsonNode json(RawHttp.Answer answer) {
    return QueryFixture.JSON.readTree(answer.body());
  }

  /** The codes of all problems so far. */
  Set<String> codes() {
    return new TreeSet<>(codes);
  }

  @Override
  public void close() {
    service.close();
    topic.close();
    publicTopic.close();
    postgres.close();
  }
}
