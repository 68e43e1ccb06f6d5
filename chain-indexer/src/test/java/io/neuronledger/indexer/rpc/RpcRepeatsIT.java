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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.node.JsonNodeFactory;

/** Requests are repeated after a transient failure, and after no other. */
class RpcRepeatsIT {
  private static final Misbehaviour THROTTLES = new Misbehaviour.Status(429, Map.of("Retry-After", "2"), "slow down");
  private static final int CALLS = 50;

  private final FakeNode fake = new FakeNode(new ScriptedChain(WalletAddress.ZERO));
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Duration> waits = new ArrayList<>();
  private final RpcNode node = new RpcNode(URI.create(fake.url()), http,
      new RpcLimits(Duration.ofSeconds(30), 100, 1 << 20),
      new Repeats(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30), new SplittableRandom(1)), waits::add),
      new SimpleMeterRegistry());

  @AfterEach
  void close() {
    fake.close();
    http.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"429", "502", "503", "cut", "breaks off", "no json", "limit exceeded"})
  void a_request_that_fails_in_passing_is_repeated_as_it_is(String how) {
    Misbehaviour failure = switch (how) {
      case "cut" -> new Misbehaviour.Status(200, Map.of(), "[{\"id\":0,\"result\":\"0x");
      case "breaks off" -> new Misbehaviour.BreaksOff();
      case "limit exceeded" -> new Misbehaviour.Refuses(-32005, "limit exceeded");
      case "no json" -> new Misbehaviour.Status(200, Map.of(), "<html>");
      default -> new Misbehaviour.Status(Integer.parseInt(how), Map.of(), "not now");
    };
    during(request -> request <= 2, failure);
    assertThat(chainIds()).hasSize(CALLS);
    assertThat(fake.requests()).isEqualTo(3);
    assertThat(waits).hasSize(2).allMatch(wait -> wait.toMillis() >= 50);
    assertThat(waits.get(1)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
  }

  @Test
  void the_node_decides_how_long_to_wait() {
    during(request -> request == 1, THROTTLES);
    assertThat(chainIds()).hasSize(CALLS);
    assertThat(waits).singleElement().satisfies(wait ->
        assertThat(wait).isBetween(Duration.ofMillis(2_050), Duration.ofMillis(2_100)));
  }

  @Test
  void repeats_end() {
    during(_ -> true, THROTTLES);
    assertThat(catchThrowableOfType(RpcFailure.class, this::chainIds).kind()).isEqualTo(RpcFailure.Kind.THROTTLED);
    assertThat(fake.requests()).isEqualTo(4);
    assertThat(waits).hasSize(3);
  }

  /** A second node that is down takes no time from the one that is followed. */
  @Test
  void a_node_that_stays_down_is_asked_once() {
    Misbehaviour down = new Misbehaviour.Status(502, Map.of(), "bad gateway");
    during(_ -> true, down);
    for (int i = 0; i < 3; i++) {
      assertThat(catchThrowableOfType(RpcFailure.class, () -> node.call(chainId()))).isNotNull();
    }
    assertThat(fake.requests()).isEqualTo(4 + 1 + 1);
    fake.behave();
    node.call(chainId());
    int answered = fake.requests();
    during(request -> request == answered + 1, down);
    node.call(chainId());
    assertThat(fake.requests()).as("it is up: repeated").isEqualTo(answered + 2);
  }

  /** Large batches, after half of all requests was refused with "too many requests". */
  @Test
  void a_node_that_throttles_gets_batches_of_the_same_size() {
    during(request -> request % 2 == 1, THROTTLES);
    for (int i = 0; i < 20; i++) {
      assertThat(chainIds()).hasSize(CALLS);
    }
    assertThat(fake.requests()).isEqualTo(40);
  }

  @Test
  void answered_calls_of_a_batch_are_not_asked_again() {
    AtomicInteger count = new AtomicInteger();
    fake.misbehave(_ -> count.incrementAndGet() % 5 == 0
        ? Optional.of(new Misbehaviour.Refuses(429, "compute units exceeded")) : Optional.empty());
    assertThat(chainIds()).hasSize(CALLS);
    assertThat(fake.calls("eth_chainId")).as("50, then the 10 refused, then 2").isEqualTo(62);
    assertThat(fake.requests()).isEqualTo(3);
  }

  @Test
  void answered_calls_without_their_pin_are_asked_again() {
    AtomicInteger pins = new AtomicInteger();
    fake.misbehave(call -> call.method().equals("eth_getBlockByNumber") && pins.incrementAndGet() == 1
        ? Optional.of(new Misbehaviour.Refuses(-32000, "header not found")) : Optional.empty());
    RpcBatch batch = node.batch();
    List<RpcAnswer<String>> answers = List.of(batch.add(chainId()), batch.add(chainId()), batch.add(chainId()));
    batch.pinnedBy(new RpcCall<>("eth_getBlockByNumber", "[\"0x0\",false]", parser -> {
      parser.skipChildren();
      return "";
    }), _ -> {});
    batch.send();
    assertThat(answers).allMatch(RpcAnswer::answered);
    assertThat(fake.calls("eth_chainId")).as("3 without a pin, then all of them").isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "deflate", "raw deflate", "identity"})
  void a_compressed_answer_is_read(String how) {
    fake.encode(how.replace("raw ", ""), encoder(how));
    assertThat(chainIds()).hasSize(CALLS);
  }

  @Test
  void a_compressed_answer_is_bounded_after_it_is_decoded() {
    fake.encode("gzip", encoder("gzip"));
    during(_ -> true, new Misbehaviour.Result(JsonNodeFactory.instance.stringNode("0x" + "0".repeat(2 << 20))));
    assertThat(catchThrowableOfType(RpcFailure.class, () -> node.call(chainId())))
        .hasMessageContaining("longer than 1048576 bytes");
    assertThat(fake.requests()).as("not repeated").isOne();
  }

  @Test
  void an_answer_that_is_too_long_is_not_repeated() {
    during(_ -> true, new Misbehaviour.Result(JsonNodeFactory.instance.stringNode("0x" + "0".repeat(2 << 20))));
    assertThat(catchThrowableOfType(RpcFailure.class, () -> node.call(chainId())).kind())
        .isEqualTo(RpcFailure.Kind.BROKEN_OFF);
    assertThat(fake.requests()).isOne();
  }

  @Test
  void an_unknown_coding_is_named() {
    fake.encode("br", UnaryOperator.identity());
    assertThat(catchThrowableOfType(RpcFailure.class, () -> node.call(chainId())))
        .hasMessageContaining("content coding br");
  }

  private void during(Predicate<Integer> requests, Misbehaviour how) {
    fake.misbehave(_ -> requests.test(fake.requests()) ? Optional.of(how) : Optional.empty());
  }

  private List<String> chainIds() {
    RpcBatch batch = node.batch();
    List<RpcAnswer<String>> answers = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      answers.add(batch.add(chainId()));
    }
    batch.send();
    return answers.stream().map(RpcAnswer::get).toList();
  }

  private static RpcCall<String> chainId() {
    return new RpcCall<>("eth_chainId", "[]", JsonParser::getString);
  }

  private static UnaryOperator<byte[]> encoder(String how) {
    return body -> {
      ByteArrayOutputStream encoded = new ByteArrayOutputStream();
      try (OutputStream out = switch (how) {
        case "deflate" -> new DeflaterOutputStream(encoded);
        case "raw deflate" -> new DeflaterOutputStream(encoded, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
        case "identity" -> encoded;
        default -> new GZIPOutputStream(encoded);
      }) {
        out.write(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return encoded.toByteArray();
    };
  }
}
