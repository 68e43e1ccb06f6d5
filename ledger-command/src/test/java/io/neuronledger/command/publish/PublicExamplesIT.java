package io.neuronledger.command.publish;

import static io.neuronledger.command.fixture.Script.back;
import static io.neuronledger.command.fixture.Script.closeSubAccount;
import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.lockPeriod;
import static io.neuronledger.command.fixture.Script.request;
import static io.neuronledger.command.fixture.Script.settle;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Script.withdraw;
import static io.neuronledger.command.fixture.Wallets.INFERENCE;
import static io.neuronledger.command.fixture.Wallets.PROVIDER;
import static io.neuronledger.command.fixture.Wallets.coins;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.nimbusds.jwt.JWTClaimsSet;
import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.Http;
import io.neuronledger.command.fixture.Reports;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.event.RejectionReason;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run of the whole service that publishes every type of public event: each record is valid by its JSON Schema,
 * and the first one of each type is the example there.
 */
class PublicExamplesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String SCHEMAS = "/asyncapi/public-events/";
  private static final WalletAddress ALICE = WalletAddress.parse("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
  private static final WalletAddress BOB = WalletAddress.parse("0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc");
  private static final WalletAddress CAROL = WalletAddress.parse("0x15d34aaf54267db7d7c367839aaf71a00a2c6a65");
  private static final SubAccountId ALICES = new SubAccountId(ALICE, PROVIDER, INFERENCE);
  private static final String REASON = "{\"reason\":\"agreed with the provider\"}";
  /** By the service's clock. */
  private static final Set<String> OF_THE_CLOCK = Set.of("recorded_at", "at");
  private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(Dialects.getDraft7(),
      registry -> registry.schemaRegistryConfig(
          SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private static final ScriptedPartitions CHAIN = new ScriptedPartitions(new Partitions(1));
  private static final List<JsonNode> PUBLISHED = new ArrayList<>();

  private static TokenIssuer issuer;
  private static Service service;
  private static ChainEventProducer feed;

  @BeforeAll
  static void run() {
    Servers.freshTopics(1);
    issuer = TokenIssuer.start();
    service = Service.start(Servers.freshSchema(), 1, Stream.concat(issuer.settings().stream(),
        Stream.of("neuron-ledger.resolution.second-person-above=100")).toArray(String[]::new));
    feed = new ChainEventProducer(1);
    balances();
    decisions();
    usage();
    fork();
    feed.read(Topics.PUBLIC_EVENTS).forEach(value -> PUBLISHED.add(TopicJson.MAPPER.readTree(value)));
  }

  @AfterAll
  static void stop() {
    feed.close();
    service.close();
    issuer.close();
  }

  private static void balances() {
    CHAIN.fact(new ChainEvent.Opening(BOB, observed("3", "2"))).seal();
    Instant asked = CHAIN.fact(deposit(ALICE, "10")).fact(transfer(ALICE, "5")).fact(request(ALICE, "2")).blockTime();
    CHAIN.seal().at(asked.plus(Duration.ofDays(1))).seal()
        .broadcast(lockPeriod(INFERENCE, Duration.ofDays(7))).seal()
        .at(asked.plus(Duration.ofDays(7))).fact(back(ALICE, "2")).seal()
        .fact(settle(ALICE, "1", "1"))
        .fact(new ChainEvent.SettlementRejected(ALICE, PROVIDER, INFERENCE, coins("1"), RejectionReason.INVALID_NONCE,
            Optional.of(new SettlementNonce(BigInteger.ONE))))
        .fact(new ChainEvent.ProviderAcknowledged(ALICE, PROVIDER, INFERENCE, false)).fact(withdraw(ALICE, "1")).seal()
        .fact(deposit(CAROL, "1")).fact(transfer(CAROL, "1")).fact(settle(CAROL, "1", "1"))
        .fact(closeSubAccount(CAROL)).fact(new ChainEvent.LedgerClosed(CAROL)).seal()
        .fact(transfer(BOB, "4")).seal()
        .observed(new ChainEvent.StateObserved(BOB, observed("1", "4"), "2026-01-08T00:01:00Z-8"), 1)
        .fact(deposit(CAROL, "2")).seal();
    feed.publish(CHAIN.drain());
    await().atMost(PATIENCE).until(() -> types().contains(EventNames.LEDGER_RESTATED));
    awaitLast(EventNames.FUNDS_DEPOSITED);
  }

  private static void decisions() {
    String ann = issuer.token("ann", "finance:write");
    String ben = issuer.token("ben", "finance:write");
    String breach = feed.read(Topics.PUBLIC_EVENTS).stream().map(value -> TopicJson.MAPPER.readTree(value).get("event"))
        .filter(event -> event.get("type").asString().equals(EventNames.DISCREPANCY_FOUND))
        .map(event -> event.get("key").asString()).findFirst().orElseThrow();
    String rule = "/v1/discrepancies/" + encoded(breach) + "/resolution";
    post(rule, ann, REASON);
    post(rule + "/revocation", ann, REASON);
    String difference = "/v1/discrepancies/" + encoded("settlement-boundary:6-0-0-0:" + ALICES) + "/resolution";
    long proposal = answer(difference, ann, REASON.replace("{", "{\"amount\":\"101\",")).path("number").asLong();
    post(difference + "/approval", ben, "{\"amount\":\"101\",\"proposal\":" + proposal + "}");
    post(difference + "/revocation", ann, REASON);
    awaitLast(EventNames.DIFFERENCE_RESOLUTION_REVOKED);
  }

  private static void usage() {
    String provider = issuer.signed(new JWTClaimsSet.Builder(issuer.claims("broker", List.of("usage:write")).build())
        .claim("ledger_provider", PROVIDER.toString()).build());
    UsageReport full = Reports.full("chatcmpl-7f3a");
    UsageReport tokens = new UsageReport(full.requestId(), ALICE, PROVIDER, INFERENCE, full.model(), full.units(),
        full.fee(), full.when(), UsageSource.DIRECT, full.apiKeyId());
    post("/v1/usage", provider, Reports.json(tokens));
    UsageReport images = Reports.report("img-1", ALICES, 2, UsageSource.ROUTER);
    post("/v1/usage", provider, Reports.json(images));
    post("/v1/usage/corrections", provider, "{\"report\":" + Reports.json(images) + ",\"replacement\":"
        + Reports.json(Reports.report("img-2", ALICES, 1, UsageSource.ROUTER)) + ",\"reason\":\"one image, not two\"}");
    await().atMost(PATIENCE).until(() -> types().contains(EventNames.USAGE_REVERSED));
  }

  private static void fork() {
    Instant last = CHAIN.blockTime();
    long block = CHAIN.block();
    feed.publish(CHAIN.fact(deposit(ALICE, "4")).seal().retract(block, last).seal().drain());
    awaitLast(EventNames.LEDGER_REWOUND);
  }

  private static ObservedLedger observed(String available, String balance) {
    return new ObservedLedger(true, coins(available), List.of(
        new ObservedLedger.SubAccount(PROVIDER, INFERENCE, coins(balance), true, List.of())));
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8);
  }

  private static void post(String path, String token, String json) {
    var _ = answer(path, token, json);
  }

  private static JsonNode answer(String path, String token, String json) {
    Http.Answer answer = Http.send(HttpRequest.newBuilder(URI.create(service.url(path)))
        .header("Content-Type", "application/json").header("Authorization", "Bearer " + token)
        .POST(HttpRequest.BodyPublishers.ofString(json)));
    assertThat(answer.status()).as(answer.body().toString()).isLessThan(300);
    return answer.body();
  }

  private static List<String> types() {
    return feed.read(Topics.PUBLIC_EVENTS).stream()
        .map(value -> TopicJson.MAPPER.readTree(value).at("/event/type").asString()).toList();
  }

  private static void awaitLast(String type) {
    await().atMost(PATIENCE).until(() -> {
      List<String> types = types();
      return !types.isEmpty() && types.getLast().equals(type);
    });
  }

  @Test
  void every_type_is_published_and_each_record_is_valid_by_its_schema() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../api-contracts/src/main/resources" + SCHEMAS))) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
          .containsExactlyInAnyOrderElementsOf(
              PUBLISHED.stream().map(PublicExamplesIT::type).collect(Collectors.toSet()));
    }
    for (JsonNode each : PUBLISHED) {
      assertThat(REGISTRY.getSchema(schema(type(each))).validate(each)).as(each.toString()).isEmpty();
    }
  }

  /** The examples of this run are in {@code target/public-events}, to be copied after a change that is meant. */
  @Test
  void the_examples_are_from_this_run() throws IOException {
    Map<String, JsonNode> first = new LinkedHashMap<>();
    PUBLISHED.forEach(each -> first.putIfAbsent(type(each), each));
    Path folder = Files.createDirectories(Path.of("target/public-events"));
    List<String> differing = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : first.entrySet()) {
      ObjectNode schema = schema(each.getKey());
      JsonNode example = schema.at("/examples/0").deepCopy();
      schema.putArray("examples").add(each.getValue());
      Files.writeString(folder.resolve(each.getKey() + ".json"), schema.toPrettyString() + "\n");
      if (!timeless(example).equals(timeless(each.getValue().deepCopy()))) {
        differing.add(each.getKey());
      }
    }
    assertThat(differing).isEmpty();
  }

  private static String type(JsonNode published) {
    return published.at("/event/type").asString();
  }

  private static JsonNode timeless(JsonNode published) {
    for (JsonNode holder : List.of(published, published.path("event"))) {
      if (holder instanceof ObjectNode object) {
        OF_THE_CLOCK.forEach(object::remove);
      }
    }
    return published;
  }

  private static ObjectNode schema(String type) {
    String file = SCHEMAS + type + ".json";
    try (InputStream in = Objects.requireNonNull(PublicExamplesIT.class.getResourceAsStream(file), file)) {
      return (ObjectNode) JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
