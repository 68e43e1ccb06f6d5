package io.neuronledger.indexer.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.FakeNode.Misbehaviour;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.rpc.call.RpcAnswer;
import io.neuronledger.indexer.rpc.call.RpcCall;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import io.neuronledger.indexer.rpc.http.RpcLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.JsonNodeFactory;

class RpcNodeIT {
  private static final RpcLimits LIMITS = new RpcLimits(Duration.ofSeconds(30), 100, 1 << 20);
  private static final RpcLimits SHORT = new RpcLimits(Duration.ofMillis(200), 100, 1 << 20);
  private static final Repeats REPEATS =
      new Repeats(new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), new SplittableRandom(1)), _ -> {});

  private static final RpcCall<String> PIN = new RpcCall<>("eth_chainId", "[]", JsonParser::getString);

  private final ScriptedChain chain = new ScriptedChain(WalletAddress.ZERO);
  private final FakeNode fake = new FakeNode(chain);
  private final HttpClient http = HttpClient.newHttpClient();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private RpcNode node;

  @BeforeEach
  void connect() {
    node = new RpcNode(URI.create(fake.url()), http, LIMITS, REPEATS, meters);
  }

  @AfterEach
  void close() {
    fake.close();
    http.shutdownNow();
  }

  /** The node answers batches in reverse order. */
  @Test
  void answers_are_matched_by_id() {
    chain.mineEmpty(60);
    assertThat(numbers(50)).containsExactlyElementsOf(
        IntStream.range(0, 50).mapToObj(i -> "0x" + Integer.toHexString(i)).toList());
    assertThat(fake.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 30})
  void a_node_that_refuses_large_batches_gets_smaller_ones(int most) {
    chain.mineEmpty(60);
    fake.batchesUpTo(most);
    assertThat(numbers(50)).hasSize(50).doesNotHaveDuplicates();
    int requests = fake.requests();
    assertThat(numbers(50)).hasSize(50);
    assertThat(fake.requests() - requests).as("it keeps the size").isLessThan(50 / most * 2 + 4);
    assertThat(meters.counter("indexer.rpc.retries", "node", node.name(), "kind", "error").count()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 30, 7})
  void a_pin_goes_with_every_request(int most) {
    chain.mineEmpty(60);
    fake.batchesUpTo(most);
    numbers(50);   // finds the size
    int requests = fake.requests();
    int pins = fake.calls(PIN.method());
    assertThat(pinned(50)).hasSize(50).doesNotHaveDuplicates();
    assertThat(fake.calls(PIN.method()) - pins).isEqualTo(fake.requests() - requests);
  }

  /** Each second request goes to a machine that holds another branch. */
  @ParameterizedTest
  @ValueSource(ints = {30, 7, 2, 1})
  void answers_of_another_machine_are_not_validated_by_the_first(int most) {
    chain.mineEmpty(60);
    fake.batchesUpTo(most);
    numbers(50);
    int requests = fake.requests();
    fake.misbehave(call -> call.method().equals(PIN.method()) && (fake.requests() - requests) % 2 == 0
        ? Optional.of(new Misbehaviour.Result(JsonNodeFactory.instance.stringNode("another"))) : Optional.empty());
    assertThat(catchThrowableOfType(RpcFailure.class, () -> pinned(51)).kind())
        .isEqualTo(RpcFailure.Kind.INCONSISTENT);
  }

  @Test
  void one_call_that_is_refused_does_not_make_batches_smaller() {
    chain.mineEmpty(60);
    fake.misbehave(call -> call.params().path(0).asString("").equals("0x2a")
        ? Optional.of(new Misbehaviour.Refuses(-32000, "missing trie node")) : Optional.empty());
    assertThat(catchThrowableOfType(RpcFailure.class, () -> numbers(50)).kind()).isEqualTo(RpcFailure.Kind.ERROR);
    assertThat(catchThrowableOfType(RpcFailure.class, () -> pinned(50)).kind()).isEqualTo(RpcFailure.Kind.ERROR);
    int requests = fake.requests();
    assertThat(numbers(40)).hasSize(40);
    assertThat(fake.requests() - requests).isEqualTo(1);
  }

  @Test
  void neither_does_a_node_that_asks_for_fewer_requests() {
    chain.mineEmpty(60);
    fake.misbehave(_ -> Optional.of(new Misbehaviour.Status(429, Map.of(), "slow down")));
    for (int i = 0; i < 5; i++) {
      assertThat(catchThrowableOfType(RpcFailure.class, () -> numbers(50))).isNotNull();
    }
    fake.behave();
    int requests = fake.requests();
    assertThat(numbers(50)).hasSize(50);
    assertThat(fake.requests() - requests).isEqualTo(1);
  }

  @Test
  void too_many_requests_is_not_answered_with_more_requests() {
    fake.misbehave(_ -> Optional.of(new Misbehaviour.Status(429, Map.of("Retry-After", "7"), "slow down")));
    RpcFailure failure = failure();
    assertThat(failure.kind()).isEqualTo(RpcFailure.Kind.THROTTLED);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(fake.requests()).isEqualTo(1);
  }

  @Test
  void code_429_inside_json_is_throttling_too() {
    fake.misbehave(_ -> Optional.of(new Misbehaviour.Refuses(429, "compute units exceeded")));
    assertThat(failure().kind()).isEqualTo(RpcFailure.Kind.THROTTLED);
  }

  @ParameterizedTest
  @CsvSource({"503,Retry-After,3,THROTTLED", "503,X-Other,3,HTTP_STATUS", "502,Retry-After,3,HTTP_STATUS",
      "429,Retry-After,Wed,THROTTLED", "401,X-Other,1,HTTP_STATUS"})
  void statuses(int status, String header, String value, RpcFailure.Kind kind) {
    fake.misbehave(_ -> Optional.of(new Misbehaviour.Status(status, Map.of(header, value), "no")));
    assertThat(failure().kind()).isEqualTo(kind);
  }

  @Test
  void retry_after_is_bounded() {
    fake.misbehave(_ -> Optional.of(new Misbehaviour.Status(429, Map.of("Retry-After", "86400"), "tomorrow")));
    assertThat(failure().retryAfter()).contains(Duration.ofMinutes(5));
  }

  @Test
  void a_silent_node_fails_at_the_deadline() {
    fake.misbehave(_ -> Optional.of(new Misbehaviour.Hangs()));
    node = new RpcNode(URI.create(fake.url()), http, SHORT, REPEATS, meters);
    assertThat(failure().kind()).isEqualTo(RpcFailure.Kind.DEADLINE);
  }

  @Test
  void a_missing_node_is_unreachable() {
    fake.close();
    assertThat(failure().kind()).isEqualTo(RpcFailure.Kind.UNREACHABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "{\"id\":0}", "{\"id\":0,\"result\":{}}", "null",
      "{\"id\":0,\"result\":"})
  void an_answer_that_is_not_json_rpc_is_malformed(String body) {
    fake.misbehave(_ -> Optional.of(new Misbehaviour.Status(200, Map.of(), body)));
    assertThat(failure().kind()).isEqualTo(RpcFailure.Kind.MALFORMED);
  }

  @Test
  void an_id_may_come_last() {
    fake.misbehave(_ -> Optional.of(new Misbehaviour.Status(200, Map.of(),
        "[{\"result\":{\"number\":\"0x5\"},\"id\":1},{\"result\":{\"number\":\"0x4\"},\"error\":null,\"id\":0}]")));
    assertThat(numbers(2)).containsExactly("0x4", "0x5");
  }

  @Test
  void an_answer_that_is_too_long_is_refused_and_less_asked_for() {
    fake.misbehave(call -> Optional.of(new Misbehaviour.Result(
        JsonNodeFactory.instance.objectNode().put("number", "0x1").put("junk", "x".repeat(50_000)))));
    assertThat(numbers(40)).hasSize(40);
    assertThat(meters.counter("indexer.rpc.errors", "node", node.name(), "kind", "broken_off").count()).isPositive();
  }

  @Test
  void keys_in_urls_are_never_shown() {
    RpcNode secret = new RpcNode(URI.create("http://user:secret1@127.0.0.1:1/v2/secret2?key=secret3"), http, LIMITS,
        REPEATS, meters);
    assertThat(secret.name()).isEqualTo("127.0.0.1:1");
    RpcFailure failure = catchThrowableOfType(RpcFailure.class, () -> secret.call(number(1)));
    assertThat(failure).hasMessageNotContaining("secret").hasMessageContaining("127.0.0.1:1");
    assertThat(meters.getMeters().toString()).doesNotContain("secret");
  }

  private RpcFailure failure() {
    return catchThrowableOfType(RpcFailure.class, () -> node.call(number(0)));
  }

  private List<String> numbers(int count) {
    return answers(node.batch(), count);
  }

  private List<String> pinned(int count) {
    RpcBatch batch = node.batch();
    batch.pinnedBy(PIN, held -> {
      if (held.equals("another")) {
        throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, "another branch");
      }
    });
    return answers(batch, count);
  }

  private static List<String> answers(RpcBatch batch, int count) {
    List<RpcAnswer<String>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      answers.add(batch.add(number(i)));
    }
    batch.send();
    return answers.stream().map(RpcAnswer::get).toList();
  }

  private static RpcCall<String> number(int block) {
    return new RpcCall<>("eth_getBlockByNumber", "[\"0x" + Integer.toHexString(block) + "\",false]", parser -> {
      String found = "";
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        if (field.equals("number")) {
          found = parser.getString();
        } else {
          parser.skipChildren();
        }
      }
      if (found.isEmpty()) {
        throw new IllegalArgumentException("no number");
      }
      return found;
    });
  }
}
