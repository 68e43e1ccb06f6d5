package io.neuronledger.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.client.LedgerClient.Services;
import io.neuronledger.client.ScriptedService.Asked;
import io.neuronledger.client.command.api.KeysApi;
import io.neuronledger.client.command.api.KeysApi.APIMakeApiKeyRequest;
import io.neuronledger.client.command.api.UsageApi;
import io.neuronledger.client.command.api.UsageApi.APIReportUsageBatchRequest;
import io.neuronledger.client.command.model.MakeApiKeyRequest;
import io.neuronledger.client.query.api.BalancesApi;
import io.neuronledger.client.query.api.BalancesApi.APILedgerRequest;
import io.neuronledger.client.query.api.ServiceApi;
import io.neuronledger.client.query.api.SettlementsApi;
import io.neuronledger.client.query.api.SettlementsApi.APIFrozenReportRequest;
import io.neuronledger.client.query.api.SettlementsApi.APISettlementRequest;
import io.neuronledger.client.query.api.SettlementsApi.APITotalsRequest;
import io.neuronledger.client.query.model.Ledger;
import io.neuronledger.contracts.value.Neuron;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LedgerClientIT {
  private static final String OWNER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
  private static final String LEDGER = """
      {"as_of":{"block":1,"block_hash":"0x01","block_time":"2026-01-01T00:00:00Z","finalized":false,"guard":"proved",
       "behind":false},"quarantined":false,"owner":"%s","state":"open","available":"1","locked":"2","total":"3"}
      """.formatted(OWNER);

  private final ScriptedService service = new ScriptedService();
  private final List<Duration> pauses = new ArrayList<>();
  private final LedgerClient client = LedgerClient.of(
      Services.of(service.url()).withCommand(service.url()).withIndexer(service.url()), TokenSource.fixed("nlk_a"),
      pauses::add, new Random(1));

  @AfterEach
  void stop() {
    service.close();
  }

  private Ledger ledger(LedgerClient from) {
    return new BalancesApi(from.query()).ledger(APILedgerRequest.newBuilder().owner(OWNER).build());
  }

  @Test
  void an_answer_is_typed_and_its_amounts_are_exact() {
    service.then(200, LEDGER.replace("\"3\"", "\"9500000000000000001\""));
    Ledger ledger = ledger(client);
    assertThat(Neuron.parse(ledger.getTotal()).toZeroG()).isEqualTo("9.500000000000000001");
    assertThat(service.asked()).containsExactly(new Asked("GET", "/v1/ledgers/" + OWNER, "Bearer nlk_a", ""));
  }

  @Test
  void a_problem_has_its_code_its_detail_and_the_name_of_the_request() {
    service.thenProblem(404, "ledger-not-found", 0);
    assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> ledger(client)).satisfies(problem -> {
      assertThat(problem.status()).isEqualTo(404);
      assertThat(problem.code()).isEqualTo("ledger-not-found");
      assertThat(problem.detail()).isEqualTo("what happened");
      assertThat(problem.requestId()).hasValue("id-1");
      assertThat(problem.parameter()).hasValue("p");
      assertThat(problem).hasMessage("GET /v1/ledgers/" + OWNER
          + ": 404 ledger-not-found: what happened (request id-1)");
    });
    assertThat(service.asked()).hasSize(1);
  }

  /** Who asks for what no generated operation does chooses how the body comes. */
  @Test
  void a_problem_is_read_however_the_body_comes() {
    HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/v1/status")).build();
    for (BodyHandler<?> handler : List.of(BodyHandlers.ofByteArray(), BodyHandlers.ofString(),
        BodyHandlers.ofInputStream())) {
      service.thenProblem(404, "ledger-not-found", 0);
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> client.query().getHttpClient().send(request, handler))
          .satisfies(problem -> assertThat(problem.code()).isEqualTo("ledger-not-found"));
    }
  }

  @Test
  void what_is_no_problem_document_is_shown_as_it_is() {
    service.then(502, "<html>Bad gateway</html>");
    assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> ledger(client)).satisfies(problem -> {
      assertThat(problem.code()).isEmpty();
      assertThat(problem.requestId()).isEmpty();
      assertThat(problem).hasMessageContaining("502, without a problem document: <html>Bad gateway</html>");
    });
  }

  @Test
  void a_request_over_the_callers_rate_is_sent_again_when_the_service_says_so() {
    service.thenProblem(429, "too-many-requests", 7).then(201, "{\"id\":\"k\",\"secret\":\"s\"}");
    assertThat(makeKey().getSecret()).as("nothing was done: also what must not be done twice").isEqualTo("s");
    assertThat(pauses).containsExactly(Duration.ofSeconds(7));
  }

  private io.neuronledger.client.command.model.NewApiKey makeKey() {
    return new KeysApi(client.command()).makeApiKey(
        APIMakeApiKeyRequest.newBuilder().makeApiKeyRequest(new MakeApiKeyRequest().name("n")).build());
  }

  @Test
  void a_read_is_sent_again_after_an_unavailable_service_and_a_lost_answer() {
    // The JDK's client asks once more by itself.
    service.thenBroken().thenBroken().thenProblem(503, "too-busy", 0).then(200, LEDGER);
    assertThat(ledger(client).getTotal()).isEqualTo("3");
    assertThat(service.asked()).hasSize(4);
    assertThat(pauses).hasSize(2);
    assertThat(pauses.getFirst()).isLessThanOrEqualTo(Duration.ofMillis(200));
    assertThat(pauses.getLast()).isLessThanOrEqualTo(Duration.ofMillis(400));
  }

  /** As that of a machine that has lost its network amid it. */
  @Test
  void a_body_that_stops_coming_is_a_lost_answer() {
    service.thenSilent(200, "{");
    LedgerClient impatient = client.with(Retries.NONE).answeredWithin(Duration.ofMillis(300));
    assertThatThrownBy(() -> ledger(impatient)).hasRootCauseInstanceOf(HttpTimeoutException.class);
    for (BodyHandler<?> handler : List.of(BodyHandlers.ofByteArray(), BodyHandlers.ofString())) {
      assertThatThrownBy(() -> impatient.stream("/v1/status", Map.of(), handler))
          .isInstanceOf(UncheckedIOException.class).hasRootCauseInstanceOf(HttpTimeoutException.class);
    }
  }

  @Test
  void a_problem_that_stops_coming_is_a_lost_answer_too() {
    service.thenSilent(404, "{").thenSilent(404, "{").then(200, LEDGER);
    assertThat(ledger(client.answeredWithin(Duration.ofMillis(300))).getTotal()).isEqualTo("3");
  }

  @Test
  void a_write_with_an_id_of_its_own_is_sent_again() {
    service.thenBroken().thenProblem(503, "unavailable", 1).then(200, "{\"receipts\":[],\"token\":\"t\"}");
    assertThat(new UsageApi(client.command()).reportUsageBatch(
        APIReportUsageBatchRequest.newBuilder().usageReport(List.of()).build()).getToken()).isEqualTo("t");
    assertThat(service.asked()).hasSize(3).extracting(Asked::body).containsOnly("[]");
  }

  @Test
  void a_write_that_would_count_twice_is_not_sent_again() {
    service.thenBroken().then(201, "{}");
    assertThatThrownBy(this::makeKey).isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("POST " + service.url() + "/v1/keys is not answered");
    assertThat(service.asked()).hasSize(1);
  }

  @Test
  void nor_is_it_after_an_unavailable_service_which_may_have_done_it() {
    service.thenProblem(503, "unavailable", 0).then(201, "{}");
    assertThatThrownBy(this::makeKey).isInstanceOf(ProblemException.class);
    assertThat(service.asked()).hasSize(1);
  }

  @Test
  void repetitions_end() {
    service.thenProblem(503, "too-busy", 0);
    assertThatThrownBy(() -> ledger(client)).isInstanceOf(ProblemException.class).hasMessageContaining("too-busy");
    assertThat(service.asked()).hasSize(1 + Retries.DEFAULT.repetitionsMax());
  }

  @Test
  void who_is_asked_to_wait_longer_than_the_client_waits_is_told_so() {
    service.thenProblem(429, "too-many-requests", 100).thenProblem(429, "too-many-requests", 21).then(200, LEDGER);
    assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> ledger(client))
        .satisfies(problem -> assertThat(problem.retryAfter()).hasValue(Duration.ofSeconds(21)));
    assertThat(pauses).containsExactly(Duration.ofSeconds(100));
  }

  @Test
  void without_repetitions_each_request_is_sent_once() {
    service.thenProblem(429, "too-many-requests", 0);
    assertThatThrownBy(() -> ledger(client.with(Retries.NONE))).isInstanceOf(ProblemException.class);
    assertThat(service.asked()).hasSize(1);
  }

  @Test
  void each_repetition_has_the_token_of_its_moment() {
    Queue<String> tokens = new ArrayDeque<>(List.of("first", "second"));
    service.thenProblem(503, "too-busy", 0).then(200, LEDGER);
    ledger(client.as(() -> Optional.of(tokens.remove())));
    assertThat(service.asked()).extracting(Asked::authorization).containsExactly("Bearer first", "Bearer second");
  }

  @Test
  void reads_see_a_write_by_its_token() {
    service.then(200, LEDGER);
    LedgerClient seeing = client.seeing("AB_c-1");
    ledger(seeing);
    new BalancesApi(seeing.query()).ledger(APILedgerRequest.newBuilder().owner(OWNER).atBlock(5L).build());
    new BalancesApi(seeing.query()).ledger(APILedgerRequest.newBuilder().owner(OWNER).minToken("other").build());
    new SettlementsApi(seeing.query()).totals(APITotalsRequest.newBuilder().build());
    ledger(client);
    assertThat(service.asked()).extracting(Asked::uri).containsExactly("/v1/ledgers/" + OWNER + "?min_token=AB_c-1",
        "/v1/ledgers/" + OWNER + "?at_block=5&min_token=AB_c-1", "/v1/ledgers/" + OWNER + "?min_token=other",
        "/v1/totals?min_token=AB_c-1", "/v1/ledgers/" + OWNER);
  }

  @Test
  void below_a_path_reads_see_a_write_and_writes_with_an_id_are_sent_again() {
    service.then(200, LEDGER).thenProblem(503, "unavailable", 1).then(200, "{\"receipts\":[],\"token\":\"t\"}");
    LedgerClient below = LedgerClient.of(Services.of(service.url() + "/a%20b/ledger/")
        .withCommand(service.url() + "/command"), TokenSource.none(), pauses::add, new Random(1)).seeing("AB_c-1");
    ledger(below);
    var _ = new UsageApi(below.command()).reportUsageBatch(
        APIReportUsageBatchRequest.newBuilder().usageReport(List.of()).build());
    assertThat(service.asked()).extracting(Asked::uri).containsExactly(
        "/a%20b/ledger/v1/ledgers/" + OWNER + "?min_token=AB_c-1", "/command/v1/usage/batch",
        "/command/v1/usage/batch");
  }

  @Test
  void a_value_with_a_slash_is_one_part_of_a_path() {
    service.then(404, "{}");
    assertThatThrownBy(() -> new SettlementsApi(client.seeing("AB_c-1").query()).settlement(
        APISettlementRequest.newBuilder().id("3/4").build())).isInstanceOf(ProblemException.class);
    assertThat(service.asked()).extracting(Asked::uri).containsExactly("/v1/settlements/3%2F4?min_token=AB_c-1");
  }

  @Test
  void a_request_elsewhere_is_refused() {
    io.neuronledger.client.query.ApiClient moved = LedgerClient.of(Services.of(service.url() + "/ledger"),
        TokenSource.none(), pauses::add, new Random(1)).query().setBasePath("/other");
    assertThatThrownBy(() -> new ServiceApi(moved).status()).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not below the service's address, whose path is /ledger");
    LedgerClient noAddress = LedgerClient.of(Services.of("localhost:8080"), TokenSource.none());
    assertThatThrownBy(noAddress::query).hasMessageContaining("not the address of a service, as http://host");
    assertThat(service.asked()).isEmpty();
  }

  @Test
  void an_operation_that_takes_no_token_gets_none() {
    service.then(200, "{}");
    LedgerClient seeing = client.seeing("AB_c-1");
    new ServiceApi(seeing.query()).status();
    new SettlementsApi(seeing.query()).frozenReport(
        APIFrozenReportRequest.newBuilder().period("2026-10").hash("00").build());
    assertThat(service.asked()).extracting(Asked::uri)
        .containsExactly("/v1/status", "/v1/periods/2026-10/reports/00");
  }

  @Test
  void a_service_whose_address_is_not_known_is_named() {
    LedgerClient queryOnly = LedgerClient.of(Services.of(service.url()), TokenSource.none());
    assertThatThrownBy(queryOnly::command).hasMessage("the client was made without the address of ledger-command");
    service.then(200, LEDGER);
    ledger(queryOnly);
    assertThat(service.asked()).extracting(Asked::authorization).containsExactly("");
  }

  @Test
  void a_service_that_is_not_there_is_tried_again_for_every_request() {
    service.close();
    assertThatThrownBy(this::makeKey).isInstanceOf(UncheckedIOException.class);
    assertThat(pauses).hasSize(Retries.DEFAULT.repetitionsMax());
  }
}
