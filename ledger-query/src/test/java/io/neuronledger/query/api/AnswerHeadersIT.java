package io.neuronledger.query.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.testkit.servers.RawHttp;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Request ids in every answer, copies of balances, and amounts in both units, over HTTP. */
class AnswerHeadersIT {
  private static final String LEDGER = "/v1/ledgers/" + Served.OWNER.value();
  private static final List<String> BALANCES = List.of(LEDGER, LEDGER + "/sub-accounts",
      LEDGER + "/sub-accounts/" + Served.PROVIDER.value() + "/" + Served.SERVICE.value());
  private static Served served;

  @BeforeAll
  static void start() {
    served = new Served("answer_headers");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  /** The last two are refused by the web server, before any filter of ours. */
  @Test
  void every_answer_has_the_id_of_its_request() {
    for (String target : List.of(LEDGER, "/v1/status", "/docs", "/actuator/health/liveness", "/v1/nothing",
        LEDGER + "?x=1", LEDGER + "?%zz=1", LEDGER + "/%zz", "/v1/ledgers/[")) {
      RawHttp.Answer answer = RawHttp.send(served.service.port(), "GET", target, "X-Request-Id: job-17/2");
      assertThat(answer.header("X-Request-Id")).as(target).hasValue("job-17/2");
      if (answer.status() >= 400) {
        assertThat(Served.json(answer).path("request_id").asString()).as(target).isEqualTo("job-17/2");
      }
      RawHttp.Answer odd = RawHttp.send(served.service.port(), "GET", target, "X-Request-Id: <script>");
      assertThat(odd.header("X-Request-Id")).as(target).hasValueSatisfying(
          made -> assertThat(UUID.fromString(made)).hasToString(made));
    }
  }

  @Test
  void a_client_may_hold_its_copy_of_a_balance() {
    for (String balance : BALANCES) {
      String target = balance + "?at_block=2";
      RawHttp.Answer first = served.get(target);
      String tag = first.header("ETag").orElseThrow();
      assertThat(tag).as("a strong one").matches("\"[0-9a-f]{33}\"");
      assertThat(first.header("Cache-Control")).hasValueSatisfying(value ->
          assertThat(value.split(", ", -1)).containsExactlyInAnyOrder("private", "no-cache"));
      for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
        RawHttp.Answer same = served.get(target, "If-None-Match: " + known);
        assertThat(same.status()).as(known).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.header("ETag")).hasValue(tag);
      }
      for (String other : List.of(balance + "?at_block=3", target + "&unit=0G")) {
        RawHttp.Answer changed = served.get(other, "If-None-Match: " + tag);
        assertThat(changed.status()).as(other).isEqualTo(200);
        assertThat(changed.header("ETag")).isPresent().isNotEqualTo(first.header("ETag"));
      }
    }
  }

  /** RFC 9110, 13.1.2: it is false only where there is a representation. */
  @Test
  void any_copy_is_none_of_a_refusal() {
    for (String target : List.of(LEDGER + "?at_block=x", "/v1/ledgers/0x00000000000000000000000000000000000000aa")) {
      RawHttp.Answer answer = served.get(target, "If-None-Match: *");
      assertThat(answer.status()).as(target).isEqualTo(served.get(target).status()).isGreaterThanOrEqualTo(400);
      assertThat(answer.header("ETag")).as(target).isEmpty();
    }
  }

  @Test
  void nothing_else_is_held() {
    for (String target : List.of("/v1/ledgers", "/v1/status", LEDGER + "/entries", LEDGER + "?at_block=x",
        "/v1/ledgers/0x00000000000000000000000000000000000000aa", "/v1/settlements")) {
      RawHttp.Answer answer = served.get(target);
      assertThat(answer.header("ETag")).as(target).isEmpty();
      assertThat(answer.header("Cache-Control")).as(target).hasValueSatisfying(
          value -> assertThat(value).contains("no-store"));
    }
  }

  @Test
  void amounts_are_answered_in_0g_too_where_that_is_asked_for() {
    JsonNode ledger = Served.json(served.get(LEDGER + "?at_block=2&unit=0G"));
    assertThat(ledger.path("total").asString()).isEqualTo("9999999999999994000");
    assertThat(ledger.path("total_0g").asString()).isEqualTo("9.999999999999994");
    assertThat(ledger.path("owner").asString()).isEqualTo(Served.OWNER.checksummed());
    assertThat(Served.json(served.get(LEDGER + "?at_block=2&unit=neuron")).has("total_0g")).isFalse();
    JsonNode row = Served.json(served.get("/v1/reports/settlement?unit=0G")).at("/rows/0");
    assertThat(row.path("closing_0g").asString()).isNotEmpty();
    assertThat(row.path("provider").asString()).isEqualTo(Served.PROVIDER.checksummed());
    RawHttp.Answer csv = served.get("/v1/reports/settlement?unit=0G", "Accept: text/csv");
    assertThat(csv.body()).doesNotContain("_0g").contains("\r\n,\"" + Served.PROVIDER.checksummed() + "\",");
    assertThat(served.get("/v1/reports/settlement?unit=wei").status()).isEqualTo(400);
    assertThat(served.get("/v1/reports/settlement?unit=wei", "Accept: text/csv").status()).isEqualTo(400);
    assertThat(served.get("/v1/status?unit=0G").body()).as("it has no amounts").contains("unknown-parameter");
    assertThat(served.get(LEDGER + "?unit=0G&unit=0G").body()).contains("repeated-parameter");
  }
}
