package io.neuronledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.ServiceEnvironment;
import io.neuronledger.query.fixture.Wallets;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Usage and settlements from Kafka to HTTP: forms, parameters, problems. */
class UsageIT {
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final SubAccountId ID = new SubAccountId(OWNER, Wallets.wallet(7), ServiceName.of("inference-v1.0"));
  private static final String USAGE = "/v1/ledgers/" + OWNER + "/usage";

  private static final SubAccountId OTHER =
      new SubAccountId(Wallets.wallet(2), Wallets.wallet(8), ServiceName.of("inference-v1.0"));
  private static final Units PRICED = new Units.Priced(List.of(
      new Units.PricedLine(Units.UnitKind.INPUT_TOKENS, Optional.empty(), 10, Neuron.parse("2")),
      new Units.PricedLine(Units.UnitKind.CACHE_WRITE_1H_TOKENS, Optional.empty(), 5, Neuron.parse("4")),
      new Units.PricedLine(Units.UnitKind.CLIPS, Optional.of("1080p"), 2, Neuron.parse("30"))));
  private static final Units UNPRICED = new Units.Unpriced(List.of(
      new Units.UnpricedLine(Units.UnitKind.OUTPUT_TOKENS, Optional.empty(), 7)));

  @AutoClose
  private static ServiceEnvironment environment;
  private static Service service;

  @BeforeAll
  static void start() {
    environment = new ServiceEnvironment(1);
    service = environment.service("usage");
    Meters meters = new Meters();
    Units tokens = new Units.Tokens(1_000, 200, 50, Neuron.parse("7"), Neuron.parse("1"), Neuron.parse("10"));
    environment.topic().publish(AccountEventScript.started(0, 1).deposit(OWNER, Neuron.ofZeroG("10"))
        .transfer(ID, Neuron.parse("10000")).seal()
        .add(meters.recorded(ID, List.of(
            Meters.line("r-1", Chain.blockTime(1), "deepseek, \"v3\"".replace(" ", ""), tokens, UsageSource.DIRECT,
                Optional.of("key-1")),
            Meters.line("r-2", Chain.blockTime(2), "flux", new Units.Images(2, Neuron.parse("50")), UsageSource.ROUTER,
                Optional.empty()))))
        .deposit(OTHER.owner(), Neuron.ofZeroG("10")).transfer(OTHER, Neuron.parse("10000"))
        .add(meters.recorded(OTHER, List.of(
            Meters.line("r-0", Chain.blockTime(0), "wan", PRICED, UsageSource.ROUTER, Optional.of("key-2")),
            Meters.charge("r-00", Chain.blockTime(0), "wan", UNPRICED, Neuron.parse("63"), UsageSource.ROUTER,
                Optional.of("key-2")))))
        .settle(ID, Neuron.parse("6000"), Neuron.parse("400")).seal().records());
    service.awaitBlock(OWNER, 2);
  }

  @Test
  void a_page_of_usage() {
    JsonNode page = json(USAGE + "?limit=1");
    JsonNode line = page.path("usage").get(0);

    assertThat(page.path("as_of").path("block").asLong()).isEqualTo(2);
    assertThat(line.path("request_id").asString()).isEqualTo("r-2");
    assertThat(line.path("source").asString()).isEqualTo("router");
    assertThat(line.path("units").path("kind").asString()).isEqualTo("images");
    assertThat(line.has("assigned")).isFalse();
    JsonNode next = json(USAGE + "?limit=1&cursor=" + page.path("next_cursor").asString()).path("usage").get(0);
    assertThat(next.path("request_id").asString()).isEqualTo("r-1");
    assertThat(next.path("fee").asString()).isEqualTo("6300");
    assertThat(next.path("assigned").asBoolean()).isTrue();
    assertThat(next.path("api_key_id").asString()).isEqualTo("key-1");
    assertThat(next.path("units").path("cached_input").asInt()).isEqualTo(200);
  }

  @Test
  void priced_lines_and_a_charge_without_prices_are_shown_as_reported() {
    JsonNode usage = json("/v1/ledgers/" + OTHER.owner() + "/usage").path("usage");
    assertThat(usage.valueStream().map(line -> line.path("pricing").asString())).containsExactly("unverified",
        "verified");
    assertThat(usage.get(0).path("fee").asString()).isEqualTo("63");
    assertThat(usage.get(0).path("units").toString())
        .isEqualTo("{\"kind\":\"unpriced\",\"lines\":[{\"kind\":\"output-tokens\",\"count\":7}]}");
    assertThat(usage.get(1).path("fee").asString()).isEqualTo("100");
    assertThat(usage.get(1).at("/units/lines/2/tier").asString()).isEqualTo("1080p");
    assertThat(usage.get(1).at("/units/lines/2/price").asString()).isEqualTo("30");

    JsonNode total = json("/v1/ledgers/" + OTHER.owner() + "/usage/stats").path("total");
    assertThat(total.path("input_tokens").asInt()).isEqualTo(15);
    assertThat(total.path("cache_write_tokens").asInt()).isEqualTo(5);
    assertThat(total.path("output_tokens").asInt()).isEqualTo(7);
    assertThat(total.path("clips").asInt()).isEqualTo(2);
    assertThat(total.path("cost").asString()).isEqualTo("163");
    assertThat(total.path("unverified_cost").asString()).isEqualTo("63");
  }

  @Test
  void statistics() {
    JsonNode stats = json(USAGE + "/stats?source=direct");
    assertThat(stats.path("total").path("requests").asInt()).isEqualTo(1);
    assertThat(stats.path("total").path("total_tokens").asInt()).isEqualTo(1_050);
    assertThat(stats.path("total").path("cost").asString()).isEqualTo("6300");
    assertThat(stats.path("days").get(0).path("date").asString()).isEqualTo("2026-01-01");
    assertThat(stats.path("days").get(0).path("input_tokens").asInt()).isEqualTo(1_000);
    assertThat(stats.path("models").get(0).path("provider").asString()).isEqualTo(ID.provider().checksummed());
  }

  @Test
  void the_routers_paths_name_the_account_by_parameter_or_header() {
    JsonNode byParameter = json("/v1/account/usage/stats?start_date=2026-01-01&address=" + OWNER);
    JsonNode byHeader = Service.json(service.send(HttpRequest.newBuilder(
        service.uri("/v1/account/usage/history?limit=20&offset=1")).header("X-Account-Address", OWNER.value())));

    assertThat(byParameter.path("total_requests").asInt()).isEqualTo(2);
    assertThat(byParameter.path("total_tokens").asInt()).isEqualTo(1_050);
    assertThat(byParameter.path("prompt_tokens").asInt()).isEqualTo(1_000);
    assertThat(byParameter.path("completion_tokens").asInt()).isEqualTo(50);
    assertThat(byParameter.path("total_cost").asString()).isEqualTo("6400");
    assertThat(byHeader.path("total").asInt()).isEqualTo(2);
    assertThat(byHeader.path("offset").asInt()).isEqualTo(1);
    assertThat(byHeader.path("items")).hasSize(1);
    assertThat(byHeader.path("items").get(0).path("provider").asString()).isEqualTo(ID.provider().checksummed());
    assertThat(byHeader.path("items").get(0).path("cost").asString()).isEqualTo("6300");
  }

  @Test
  void a_sub_account_shows_what_remains() {
    JsonNode view = json("/v1/ledgers/" + OWNER + "/sub-accounts/" + ID.provider() + "/inference-v1.0")
        .path("sub_account");
    assertThat(view.path("balance").asString()).isEqualTo("4000");
    assertThat(view.path("used").asString()).isEqualTo("6300");
    assertThat(view.path("unreported").asString()).isEqualTo("100");
    assertThat(view.path("spendable").asString()).isEqualTo("4000");
  }

  @Test
  void a_provider() {
    JsonNode view = json("/v1/providers/" + ID.provider());
    assertThat(view.path("owners").asInt()).isEqualTo(1);
    assertThat(view.path("written_off").asString()).isEqualTo("400");
    assertThat(view.path("router_used").asString()).isEqualTo("100");
  }

  @Test
  void settlements_and_differences() {
    JsonNode settlement = json("/v1/settlements?state=unreported&provider=" + ID.provider()).path("settlements").get(0);
    String id = settlement.path("id").asString();
    JsonNode one = json("/v1/settlements/" + id);

    assertThat(settlement.path("difference").asString()).isEqualTo("100");
    assertThat(one.path("matched_requests").get(0).path("request_id").asString()).isEqualTo("r-1");
    assertThat(one.path("settlement").path("transaction_hash").asString()).startsWith("0x");
    assertThat(settlement.at("/evidence/kind").asString()).isEqualTo("log");
    assertThat(json("/v1/discrepancies?state=open").path("discrepancies").get(0).path("key").asString())
        .isEqualTo("settlement-unreported:" + id + ":" + ID);
  }

  @Test
  void the_period_report_has_the_same_rows_in_both_forms() throws Exception {
    String path = "/v1/reports/settlement?start_date=2026-01-01&end_date=2026-01-31&by=sub-account";
    JsonNode json = json(path);
    HttpResponse<String> csv = service.send(HttpRequest.newBuilder(service.uri(path)).header("Accept", "text/csv"));

    assertThat(json.path("row_count").asInt()).isEqualTo(1);
    assertThat(json.path("known_usage").path("requests").asInt()).isEqualTo(1);
    JsonNode row = json.path("rows").get(0);
    assertThat(row.path("opening").asString()).isEqualTo("0");
    assertThat(row.path("used").asString()).isEqualTo("6300");
    assertThat(row.path("settled").asString()).isEqualTo("6000");
    assertThat(row.path("written_off").asString()).isEqualTo("400");
    assertThat(row.path("closing").asString()).isEqualTo("-100");
    assertThat(csv.body().lines()).hasSize(2).last().asString().startsWith("\"2026-01\",").endsWith(
        ",\"0\",\"6300\",\"0\",\"6000\",\"400\",\"-100\",1,1");
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(csv.body().getBytes(StandardCharsets.UTF_8));
    assertThat(json.path("checksum").asString()).isEqualTo("sha256:" + HexFormat.of().formatHex(hash));
    assertThat(csv.headers().firstValue("Repr-Digest"))
        .hasValue("sha-256=:" + Base64.getEncoder().encodeToString(hash) + ":");
    assertThat(csv.headers().firstValue("Ledger-Rows")).hasValue("1");
  }

  @ParameterizedTest
  @CsvSource({
      "/v1/ledgers/{owner}/usage?start_date=2026-02-30,400,bad-parameter",
      "/v1/ledgers/{owner}/usage?start_date=2026-02-02&end_date=2026-02-01,400,bad-parameter",
      "/v1/ledgers/{owner}/usage?source=both,400,bad-parameter",
      "/v1/ledgers/{owner}/usage?provider=0x12,400,malformed-address",
      "/v1/ledgers/{owner}/usage?limit=501,400,bad-limit",
      "/v1/ledgers/{owner}/usage?cursor=abc,400,bad-cursor",
      "/v1/ledgers/{owner}/usage?at_block=1,400,unknown-parameter",
      "/v1/ledgers/{owner}/usage?models=x,400,unknown-parameter",
      "/v1/ledgers/0x00000000000000000000000000000000000000aa/usage,404,ledger-not-found",
      "/v1/account/usage/stats,400,account-not-named",
      "/v1/account/usage/history?address={owner}&limit=0,400,bad-limit",
      "/v1/account/usage/history?address={owner}&offset=-1,400,bad-parameter",
      "/v1/providers/0x00000000000000000000000000000000000000aa,404,provider-not-found",
      "/v1/settlements?state=retracted,400,bad-parameter",
      "/v1/settlements/1-2-3,400,malformed-request",
      "/v1/settlements/9-9-9-9,404,settlement-not-found",
      "/v1/settlements?min_block=99&wait=0,503,block-not-reached",
      "/v1/discrepancies?state=maybe,400,bad-parameter",
      "/v1/discrepancies?kind=odd,400,bad-parameter",
      "/v1/reports/settlement?by=owner,400,bad-parameter"})
  void bad_input_gets_a_clear_problem(String path, int status, String code) {
    HttpResponse<String> answer = service.get(path.replace("{owner}", OWNER.value()));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
    assertThat(Service.json(answer).path("code").asString()).isEqualTo(code);
  }

  @Test
  void two_accounts_in_one_request_are_refused() {
    HttpResponse<String> answer = service.send(HttpRequest.newBuilder(service.uri("/v1/account/usage/stats?address="
        + OWNER)).header("X-Account-Address", ID.provider().value()));
    assertThat(Service.json(answer).path("code").asString()).isEqualTo("conflicting-parameters");
  }

  private static JsonNode json(String path) {
    HttpResponse<String> answer = service.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Service.json(answer);
  }
}
