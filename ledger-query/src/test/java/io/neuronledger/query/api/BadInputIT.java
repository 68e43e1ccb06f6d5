package io.neuronledger.query.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.query.request.Page;
import io.neuronledger.testkit.servers.OddRequests;
import io.neuronledger.testkit.servers.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Invalid input to any parameter of any path is answered by a problem with a stable, documented code; never by a 500.
 */
class BadInputIT {
  private static final String LONG = "9".repeat(5_000);
  /** Invalid values: too large, empty, not text, an incomplete escape, NUL, characters special to the database. */
  private static final List<String> ODD = List.of("", "%00", "a%00b", "%FF%FE", "%zz", "%", "%C3%28", LONG, "-1", "1.5",
      "1e3", "0x", "NaN", "99999999999999999999", "9223372036854775808", "%27%3BDROP%20TABLE%20partition%3B--",
          "%25%5F",
      "null", "true", "[]", "%7B%7D", "..%2F..%2Fetc", "%0D%0AX-Injected:%201", "\u00a0", "%F0%9F%98%80");
  private static final Map<String, String> REFUSED_AS = Map.ofEntries(Map.entry("limit", "bad-limit"),
      Map.entry("after", "bad-parameter"),
      Map.entry("offset", "bad-parameter"), Map.entry("cursor", "bad-cursor"), Map.entry("at_block", "bad-block"),
      Map.entry("at", "bad-parameter"), Map.entry("detail", "bad-parameter"),
      Map.entry("type", "bad-parameter"), Map.entry("evidence", "bad-parameter"),
      Map.entry("transaction", "bad-parameter"), Map.entry("min_amount", "bad-parameter"),
      Map.entry("max_amount", "bad-parameter"), Map.entry("order", "bad-parameter"),
      Map.entry("count", "bad-parameter"),
      Map.entry("min_total", "bad-parameter"), Map.entry("min_available", "bad-parameter"),
      Map.entry("inactive_since", "bad-parameter"), Map.entry("refund_state", "bad-parameter"),
      Map.entry("at_time", "bad-parameter"), Map.entry("finality", "bad-parameter"),
      Map.entry("min_block", "bad-block"), Map.entry("min_token", "bad-token"),
      Map.entry("wait", "bad-wait"), Map.entry("start_date", "bad-parameter"),
      Map.entry("end_date", "bad-parameter"), Map.entry("state", "bad-parameter"), Map.entry("kind", "bad-parameter"),
      Map.entry("source", "bad-parameter"), Map.entry("from", "bad-parameter"),
      Map.entry("known_at", "bad-parameter"),
      Map.entry("unit", "bad-parameter"), Map.entry("format", "bad-parameter"),
      Map.entry("since", "bad-parameter"), Map.entry("until", "bad-parameter"), Map.entry("by", "bad-parameter"),
      Map.entry("rule", "bad-parameter"), Map.entry("active", "bad-parameter"),
      Map.entry("cost", "bad-parameter"), Map.entry("within", "bad-parameter"),
      Map.entry("owner", "malformed-address"),
      Map.entry("provider", "malformed-address"), Map.entry("address", "malformed-address"));
  /** Any text is a valid name; only invalid text is refused. */
  private static final Set<String> NAMES = Set.of("service", "model", "api_key_id", "caller", "request_id", "q");
  private static final Set<String> AMOUNTS = Set.of("99999999999999999999", "9223372036854775808");
  /** The parameters of which some odd values are valid ones. */
  private static final Map<String, Set<String>> VALID = Map.of("detail", Set.of("true"), "count", Set.of("true"),
      "active", Set.of("true"),
      "min_amount", AMOUNTS, "max_amount", AMOUNTS, "min_total", AMOUNTS, "min_available", AMOUNTS, "cost", AMOUNTS);
  private static final int VALUES_MAX = 50;
  /** An operation with a body looks at it first. */
  private static final String JSON = "Content-Type: application/json";
  private static final String QUOTE = "/v1/prices/quote";
  private static Served served;

  @BeforeAll
  static void start() {
    served = new Served("bad_input");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void every_query_parameter_refuses_an_invalid_value_with_its_own_code() {
    for (ApiDocument.Operation operation : served.document.operations()) {
      for (String parameter : operation.names("query")) {
        for (String odd : ODD) {
          String target = filled(operation.path()) + "?" + parameter + "=" + odd + required(operation, parameter);
          RawHttp.Answer answer = served.send(operation.method(), target, JSON);
          assertThat(answer.status()).as(target + " -> " + answer.body()).isLessThan(500);
          if (!NAMES.contains(parameter) && !VALID.getOrDefault(parameter, Set.of()).contains(odd)) {
            assertThat(answer.status()).as(target).isEqualTo(400);
            assertThat(codeOf(answer)).as(target)
                .isIn(REFUSED_AS.get(parameter), "malformed-request", "account-not-named");
          }
        }
      }
    }
  }

  @Test
  void an_impossible_service_name_is_refused() {
    for (ApiDocument.Operation operation : served.document.operations()) {
      for (String odd : List.of("", "%20a", "a%20", "a%0ab", "a%7fb")) {
        if (operation.names("query").contains("service")) {
          String target = filled(operation.path()) + "?service=" + odd;
          assertThat(served.send(operation.method(), target, JSON).status()).as(target).isEqualTo(400);
        }
      }
    }
    String path = "/v1/ledgers/" + Served.OWNER + "/sub-accounts/" + Served.OWNER + "/";
    assertThat(served.get(path + "%20a").status()).isEqualTo(400);
    assertThat(served.get(path + "a%09b").status()).isEqualTo(400);
  }

  @Test
  void a_media_type_with_quality_zero_is_not_chosen() {
    String report = "/v1/reports/settlement";
    assertThat(served.get(report, "Accept: text/csv;q=0, application/json").mediaType())
        .isEqualTo("application/json");
    assertThat(served.get(report, "Accept: text/csv;q=0").mediaType()).isEqualTo("application/json");
    assertThat(served.get(report, "Accept: application/json;q=0.1, text/csv").mediaType())
        .isEqualTo("text/csv");
  }

  @Test
  void an_address_begins_with_a_small_x() {
    assertThat(codeOf(served.get("/v1/ledgers/0X" + Served.OWNER.value().substring(2)))).isEqualTo("malformed-address");
  }

  @Test
  void a_repeated_query_parameter_is_refused() {
    for (ApiDocument.Operation operation : served.document.operations()) {
      for (String parameter : operation.names("query")) {
        if (!isList(operation, parameter)) {
          String target = filled(operation.path()) + "?" + parameter + "=1&" + parameter + "=1";
          assertThat(codeOf(served.send(operation.method(), target, JSON))).as(target).isEqualTo("repeated-parameter");
        }
      }
    }
  }

  private static boolean isList(ApiDocument.Operation operation, String parameter) {
    return schema(operation, parameter).path("type").asString("").equals("array");
  }

  private static JsonNode schema(ApiDocument.Operation operation, String parameter) {
    return served.document.resolved(
        Objects.requireNonNull(operation.parameters().get("query:" + parameter)).path("schema"));
  }

  @Test
  void a_parameter_with_several_values_is_repeated_up_to_its_limit_and_each_value_is_checked() {
    int lists = 0;
    for (ApiDocument.Operation operation : served.document.operations()) {
      for (String parameter : operation.names("query")) {
        if (isList(operation, parameter)) {
          lists++;
          JsonNode schema = schema(operation, parameter);
          assertThat(schema.path("maxItems").asInt()).isEqualTo(VALUES_MAX);
          JsonNode words = served.document.resolved(schema.path("items")).path("enum");
          String good = !words.isMissingNode() ? words.get(0).asString()
              : parameter.equals("provider") ? Served.PROVIDER.value() : "a";
          String more = "&" + parameter + "=" + good;
          String most = asked(operation, parameter, good) + more.repeat(VALUES_MAX - 1);
          assertThat(served.send(operation.method(), most).status()).as(most).isEqualTo(accepted(operation));
          assertThat(codeOf(served.send(operation.method(), most + more))).as(most).isEqualTo("bad-parameter");
          assertThat(served.send(operation.method(), asked(operation, parameter, good) + "&" + parameter + "=%0a")
              .status()).as(most).isEqualTo(400);
        }
      }
    }
    assertThat(lists).isGreaterThan(15);
  }

  /** What begins an export is answered before it is written; the month that is asked to be frozen is not over. */
  private static int accepted(ApiDocument.Operation operation) {
    if (operation.path().equals("/v1/periods/{period}/reports")) {
      return 409;
    }
    return operation.method().equals("POST") && !operation.path().equals(QUOTE) ? 202 : 200;
  }

  @Test
  void a_search_names_something() {
    assertThat(codeOf(served.get("/v1/search"))).isEqualTo("bad-parameter");
    assertThat(codeOf(served.get("/v1/search?q="))).isEqualTo("bad-parameter");
    assertThat(served.get("/v1/search?q=" + "a".repeat(200)).status()).isEqualTo(200);
    assertThat(codeOf(served.get("/v1/search?q=" + "a".repeat(201)))).isEqualTo("bad-parameter");
    assertThat(codeOf(served.get("/v1/search?q=0xABcdef0000000000000000000000000000000001")))
        .isEqualTo("wrong-checksum");
    for (String odd : List.of("999999999-999999999999999999", "999999999999999999-999999999-999999999-999999999",
        "999999999999999999", "0x" + "F".repeat(64), "0x", "%25", "'")) {
      assertThat(Served.json(served.get("/v1/search?q=" + odd)).path("hits")).as(odd).isEmpty();
    }
  }

  /** Forged cursors: the right list and number of parts, but parts that name no line. */
  @Test
  void a_cursor_with_invalid_parts_is_refused() {
    String owner = Served.OWNER.value();
    String bare = owner.substring(2);
    List<String> instants = List.of("+1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z",
        "+500000-01-01T00:00:00Z", "-9999-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "now", "");
    for (String at : instants) {
      assertBad("/v1/exports", Page.cursor("exports1", at, "5f6c0c62-8a5e-4f8e-9f0a-0d6e2b1f7a11"));
      assertBad("/v1/refunds", Page.cursor("refunds1", bare, "a", bare, at, "1-0-0-0-0"));
      assertBad("/v1/ledgers/{owner}/usage", Page.cursor("usage1", at, owner, "r-1"));
      assertBad("/v1/settlements/{id}", Page.cursor("matched1", at, "r-1"));
    }
    for (String number : List.of("9223372036854775808", "-", "", "1.5", "NaN")) {
      assertBad("/v1/reconciliation/chain", Page.cursor("reconciliations1", number, "1"));
      assertBad("/v1/reconciliation/chain", Page.cursor("reconciliations1", "1", number));
      assertBad("/v1/reconciliation/chain/{run}", Page.cursor("restatements1", owner, number));
      assertBad("/v1/settlements", Page.cursor("settlements1", number + "-0-0-0"));
      assertBad("/v1/settlements", Page.cursor("settlements1", "1-0-0-" + number));
    }
    for (String address : List.of("0x12", "zz", "", owner + "00")) {
      assertBad("/v1/ledgers", Page.cursor("ledgers1", address));
      assertBad("/v1/providers", Page.cursor("providers1", address));
      assertBad("/v1/models", Page.cursor("models1", "a", address));
      assertBad("/v1/models", Page.cursor("models2", "a", address));
      assertBad("/v1/prices", Page.cursor("prices1", address, "a"));
      assertBad("/v1/services", Page.cursor("ledgers1", address));
      assertBad("/v1/ledgers/{owner}/usage", Page.cursor("usage1", "2026-01-01T00:00:00Z", address, "r-1"));
      assertBad("/v1/reconciliation/chain/{run}", Page.cursor("restatements1", address, "1"));
    }
    assertBad("/v1/ledgers/{owner}/usage", Page.cursor("usage1", "2026-01-01T00:00:00Z", owner, ""));
    for (String seq : List.of("-1", "", "1.5", "9223372036854775808", "1000000000000000000")) {
      assertBad("/v1/ledgers/{owner}/entries", Page.cursor("entries3", owner, "desc", seq, "0"));
    }
    for (String line : List.of("-1", "", "1000", "x")) {
      assertBad("/v1/ledgers/{owner}/entries", Page.cursor("entries3", owner, "desc", "5", line));
    }
    assertThat(served.get(filled("/v1/ledgers/{owner}/entries") + "?cursor="
        + Page.cursor("entries3", owner, "desc", "999999999999999999", "999")).status()).isEqualTo(200);
    for (String number : List.of("", "1.5", "9223372036854775808", "x")) {
      assertBad("/v1/transactions/{hash}/entries",
          Page.cursor("transaction-entries1", Served.TRANSACTION, "0", number));
      assertBad("/v1/blocks/{number}/entries", Page.cursor("block-entries1", "2", number, "1"));
    }
    assertBad("/v1/blocks/{number}/entries", Page.cursor("block-entries1", "3", "0", "1"));
    assertBad("/v1/ledgers/{owner}/entries", Page.cursor("entries3", owner, "asc", "5", "0"));
    assertBad("/v1/ledgers/{owner}/entries", Page.cursor("entries3", Served.PROVIDER.value(), "desc", "5", "0"));
    assertBad("/v1/discrepancies", Page.cursor("discrepancies1", "zz", bare, "a", "rule-broken", "x"));
  }

  private static void assertBad(String path, String cursor) {
    RawHttp.Answer answer = served.send("GET", filled(path) + "?cursor=" + cursor);
    assertThat(codeOf(answer)).as(path + " " + cursor + " -> " + answer.body()).isEqualTo("bad-cursor");
  }

  @Test
  void limits_are_checked_at_both_ends() {
    Map<String, List<String>> within = Map.of("limit", List.of("1", "500"), "wait", List.of("0", "30"),
        "offset", List.of("0", "999999999999999"), "start_date", List.of("1970-01-01", "9999-12-31"),
        "end_date", List.of("1970-01-01", "9999-12-31"), "within", List.of("1h", "720h"),
        "cost", List.of("0", Neuron.MAX.toString()));
    Map<String, List<String>> beyond = Map.of("limit", List.of("0", "501"), "wait", List.of("-1", "31"),
        "offset", List.of("-1", "1000000000000000"), "start_date", List.of("1969-12-31", "10000-01-01"),
        "end_date", List.of("1969-12-31", "10000-01-01"), "known_at", List.of("1969-12-31", "10000-01-01"),
        "within", List.of("0h", "721h"), "cost", List.of("-1", "1" + Neuron.MAX));
    for (ApiDocument.Operation operation : served.document.operations()) {
      for (String parameter : operation.names("query")) {
        within.getOrDefault(parameter, List.of()).forEach(value -> assertThat(
            sent(operation, asked(operation, parameter, value)).status()).isEqualTo(accepted(operation)));
        beyond.getOrDefault(parameter, List.of()).forEach(value -> assertThat(
            sent(operation, asked(operation, parameter, value)).status()).isEqualTo(400));
      }
    }
  }

  /** With a body, where the operation demands one. */
  private static RawHttp.Answer sent(ApiDocument.Operation operation, String target) {
    return operation.path().equals(QUOTE)
        ? served.sendJson(operation.method(), target, "{\"model\":\"model-a\",\"images\":1}")
        : served.send(operation.method(), target);
  }

  @Test
  void what_was_known_is_answered_of_days_that_are_over() {
    for (String path : List.of("/v1/reports/settlement?known_at=", "/v1/reports/settlement?by=sub-account&known_at=",
        "/v1/ledgers/" + Served.OWNER + "/statement?known_at=",
        "/v1/providers/" + Served.PROVIDER + "/statement?known_at=")) {
      assertThat(served.get(path + "2026-02-01").status()).isEqualTo(200);
      for (String early : List.of("1970-01-01", "2026-01-31")) {
        assertThat(codeOf(served.get(path + early))).as(early).isEqualTo("day-before-start");
      }
      for (String late : List.of("2026-02-02", "9999-12-31")) {
        assertThat(codeOf(served.get(path + late))).as(late).isEqualTo("day-not-over");
      }
    }
    for (String odd : List.of("", "2026-02", "2026-2-1", "2026-02-30", "2026-02-01T00:00:00Z", "-2026-02-01", "now")) {
      assertThat(codeOf(served.get("/v1/reports/settlement?known_at=" + odd))).as(odd).isEqualTo("bad-parameter");
    }
    assertThat(codeOf(served.send("POST", "/v1/reports/settlement/exports?format=csv&known_at=2026-01-31")))
        .isEqualTo("day-before-start");
    assertThat(codeOf(served.send("POST", "/v1/reports/settlement/exports?format=csv&known_at=2026-02-02")))
        .isEqualTo("day-not-over");
    assertThat(codeOf(served.get("/v1/settlements?known_at=2026-02-01"))).isEqualTo("unknown-parameter");
  }

  @Test
  void filters_of_the_journal_are_refused_by_name() {
    String path = "/v1/ledgers/" + Served.OWNER + "/entries?";
    String most = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
    Map<String, String> refused = Map.of("min_amount=5&max_amount=4", "max_amount",
        "max_amount=" + most.substring(0, 77) + "6", "max_amount", "min_amount=-1", "min_amount",
        "type=fees-settled.v1&type=nothing.v1", "type", "type=fees-settled.v1&type=", "type",
        "type=fees-settled.v1" + "&type=fees-settled.v1".repeat(50), "type", "evidence=log,log", "evidence",
        "transaction=" + Served.TRANSACTION.substring(0, 65), "transaction", "order=ASC", "order", "count=yes",
        "count");
    refused.forEach((query, parameter) -> {
      RawHttp.Answer answer = served.get(path + query);
      assertThat(codeOf(answer)).as(query).isEqualTo("bad-parameter");
      assertThat(Served.json(answer).path("parameter").asString()).as(query).isEqualTo(parameter);
    });
    for (String accepted : List.of("min_amount=4&max_amount=4", "max_amount=" + most,
        "type=fees-settled.v1" + "&type=fees-settled.v1".repeat(49), "transaction=0x" + "AB".repeat(32))) {
      assertThat(served.get(path + accepted).status()).as(accepted).isEqualTo(200);
    }
  }

  @Test
  void ids_of_entries_have_one_form_and_those_of_none_are_not_found() {
    for (String malformed : List.of("0-7-", "0-7-01", "0-7--1", "0-7-1000", "0-7-1-1", "0-7-x", "00-7",
        "1000000000-7")) {
      assertThat(served.get("/v1/entries/" + malformed).status()).as(malformed).isEqualTo(400);
    }
    for (String unknown : List.of("0-7-3", "0-7-999", "0-7", "0-8-0", "999999999-999999999999999999-0", "1-7-0")) {
      assertThat(codeOf(served.get("/v1/entries/" + unknown))).as(unknown).isEqualTo("entry-not-found");
      assertThat(codeOf(served.get("/v1/entries/" + unknown + "?owner=" + Served.OWNER))).as(unknown)
          .isEqualTo("entry-not-found");
    }
    for (String known : List.of("0-7-0", "0-7-2", "0-8")) {
      assertThat(served.get("/v1/entries/" + known).status()).as(known).isEqualTo(200);
      assertThat(codeOf(served.get("/v1/entries/" + known + "?owner=" + Served.PROVIDER))).as(known)
          .isEqualTo("entry-not-found");
    }
    assertThat(codeOf(served.get("/v1/entries/0-7-0?cursor=" + Page.cursor("matching1", "2026-01-01T00:00:00Z", "r"))))
        .isEqualTo("bad-cursor");
  }

  @Test
  void addresses_carry_their_checksum_or_none() {
    String right = "0xABCDEF0000000000000000000000000000000001";
    String wrong = "0xABcdef0000000000000000000000000000000001";
    for (ApiDocument.Operation operation : served.document.operations()) {
      for (String parameter : operation.names("query")) {
        if ("malformed-address".equals(REFUSED_AS.get(parameter)) && operation.method().equals("GET")) {
          // There is no such rule or alert, which is said once the address is understood.
          assertThat(served.send("GET", asked(operation, parameter, right)).status()).as(operation.path())
              .isEqualTo(operation.path().startsWith("/v1/alert") && operation.path().endsWith("/{id}") ? 404 : 200);
          assertThat(codeOf(served.send("GET", asked(operation, parameter, wrong)))).isEqualTo("wrong-checksum");
        }
      }
    }
    assertThat(served.get("/v1/account/usage/stats", "X-Account-Address: " + right).status()).isEqualTo(200);
    assertThat(codeOf(served.get("/v1/account/usage/stats", "X-Account-Address: " + wrong)))
        .isEqualTo("wrong-checksum");
  }

  @Test
  void every_path_variable_refuses_an_invalid_value() {
    for (ApiDocument.Operation operation : served.document.operations()) {
      for (String part : operation.names("path")) {
        List<String> odd = new ArrayList<>(ODD);
        odd.remove("");
        odd.addAll(List.of("a;b=c", "a%2Fb", "a%5Cb", "%2e%2e", "a%3Fb"));
        for (String value : odd) {
          String target = filled(operation.path().replace("{" + part + "}", value));
          RawHttp.Answer answer = RawHttp.send(served.port(), operation.method(), target, JSON);
          assertThat(answer.status()).as(target + " -> " + answer.body()).isIn(400, 404);
          assertThat(answer.mediaType()).as(target).isEqualTo("application/problem+json");
          assertThat(served.document.problemCodes()).as(target).contains(codeOf(answer));
        }
      }
    }
  }

  @Test
  void an_unreadable_request_is_malformed() {
    for (ApiDocument.Operation operation : served.document.operations()) {
      String path = filled(operation.path());
      for (String odd : List.of("?%zz=1", "?%FF=1", ";x=1", "?limit=1&%", "?=1")) {
        String target = path + odd;
        RawHttp.Answer answer = served.send(operation.method(), target, JSON);
        assertThat(answer.status()).as(target + " -> " + answer.body()).isEqualTo(400);
        assertThat(codeOf(answer)).as(target).isIn("malformed-request", "unknown-parameter");
      }
    }
  }

  @Test
  void other_methods_and_media_types_are_refused() {
    for (ApiDocument.Operation operation : served.document.operations()) {
      String path = filled(operation.path());
      for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
        if (served.document.operations().stream()
            .noneMatch(each -> each.matches(method, path))) {
          RawHttp.Answer answer = served.send(method, path, "Content-Length: 0");
          assertThat(codeOf(answer)).as(method + " " + path).isEqualTo("method-not-allowed");
          assertThat(answer.header("Allow")).hasValueSatisfying(
              allowed -> assertThat(allowed).contains(operation.method()));
        }
      }
      for (String accept : List.of("application/xml", "image/png, text/html;q=0.9")) {
        assertThat(codeOf(served.send(operation.method(), path, JSON, "Accept: " + accept)))
            .isEqualTo("not-acceptable");
      }
      assertThat(codeOf(served.send(operation.method(), path, JSON, "Accept: not a media type")))
          .isEqualTo("not-acceptable");
    }
    assertThat(RawHttp.send(served.port(), "TRACE", "/v1/status").status()).isBetween(400, 499);
    assertThat(RawHttp.send(served.port(), "GET", "/v1/" + LONG.repeat(4)).status()).isBetween(400, 499);
  }

  private static String codeOf(RawHttp.Answer answer) {
    return Served.json(answer).path("code").asString();
  }

  private static String asked(ApiDocument.Operation operation, String parameter, String value) {
    String account = operation.path().startsWith("/v1/account/") && !parameter.equals("address")
        ? "&address=" + Served.OWNER : "";
    String log = operation.path().equals("/v1/access-log") && !parameter.equals("service")
        ? "&service=ledger-query" : "";
    return filled(operation.path()) + "?" + parameter + "=" + value + account + log
        + required(operation, parameter);
  }

  /** The other parameters that the operation demands. */
  private static String required(ApiDocument.Operation operation, String parameter) {
    if (operation.path().endsWith("/admission")) {
      return (parameter.equals("provider") ? "" : "&provider=" + Served.PROVIDER)
          + (parameter.equals("service") ? "" : "&service=a");
    }
    return operation.path().equals("/v1/search") && !parameter.equals("q") ? "&q=1" : "";
  }

  private static String filled(String path) {
    return path.replace("/alert-rules/{id}", "/alert-rules/5f6c0c62-8a5e-4f8e-9f0a-0d6e2b1f7a11")
        .replace("/alerts/{id}", "/alerts/5f6c0c62-8a5e-4f8e-9f0a-0d6e2b1f7a11")
        .replace("/webhooks/{id}", "/webhooks/" + served.webhook).replace("{message}", "events-1-0-1")
        .replace("/{period}", "/2025-12").replace("/reports/{hash}", "/reports/" + "5a".repeat(32))
        .replace("{owner}", Served.OWNER.value()).replace("{provider}", Served.PROVIDER.value())
        .replace("{service}", Served.SERVICE.value()).replace("{id}", "2-4-0-0").replace("{run}", "run-1")
        .replace("{entry}", Served.SETTLED).replace("{number}", "2").replace("{hash}", Served.TRANSACTION);
  }

  @Test
  void invalid_http_is_refused_with_a_problem() {
    SoftAssertions all = new SoftAssertions();
    List<String> requests =
        Stream.concat(OddRequests.of("/v1/status").stream(), OddRequests.bodies("/v1/status").stream()).toList();
    for (String request : requests) {
      RawHttp.Answer answer = RawHttp.send(served.port(), request);
      all.assertThat(answer.status()).as(request).matches(status -> (status >= 400 && status < 500) || status == 501
          || status == 505);
      all.assertThat(answer.mediaType()).as(request).isEqualTo("application/problem+json");
      all.assertThat(answer.body()).as(request).contains("\"code\":\"");
    }
    all.assertAll();
  }

  /** A body that ends early, or is framed otherwise than its headers declare. */
  @Test
  void a_body_that_cannot_be_read_is_malformed() {
    for (String path : List.of("/v1/alert-rules", "/v1/ledgers/" + Served.OWNER + "/webhooks")) {
      for (String request : OddRequests.unreadableBodies(path)) {
        RawHttp.Answer answer = RawHttp.send(served.port(), request);
        assertThat(answer.status()).as(request + " -> " + answer.body()).isEqualTo(400);
        assertThat(answer.body()).as(request).contains("\"code\":\"malformed-request\"");
      }
    }
  }
}
