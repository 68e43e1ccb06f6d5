package io.neuronledger.indexer.decode.zerog.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainAccess;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.FakeNode.Misbehaviour;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.indexer.rpc.Backoff;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import io.neuronledger.indexer.rpc.http.RpcLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Nodes that trace, that do not, and that only seem not to. */
class BlockTracesIT {
  private static final Misbehaviour UNKNOWN = new Misbehaviour.Refuses(-32601, "the method does not exist");
  private static final Misbehaviour NOT_FOUND = new Misbehaviour.Refuses(-32000, "block not found");

  private final ScriptedChain chain = new ScriptedChain(WalletAddress.ZERO);
  private final FakeNode fake = new FakeNode(chain);
  private final HttpClient http = HttpClient.newHttpClient();
  private final ChainNode node = nodes(fake.url()).getFirst();
  private Instant now = Instant.EPOCH;
  private final BlockTraces traces = new BlockTraces(() -> now);

  private List<ChainNode> nodes(String... urls) {
    ChainNodes nodes = ChainNodes.at(Stream.of(urls).map(URI::create).toList(), http,
        new ChainAccess(new RpcLimits(Duration.ofSeconds(30), 100, 1 << 24), 100, true),
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), new SplittableRandom(1)), Clock.systemUTC(),
        new SimpleMeterRegistry());
    return Stream.concat(Stream.of(nodes.current()), nodes.others(nodes.current()).stream()).toList();
  }

  @BeforeEach
  void mine() {
    for (int i = 1; i <= 30; i++) {
      chain.mine(ScriptedScene.deposit(i));
    }
  }

  @AfterEach
  void close() {
    fake.close();
    http.shutdownNow();
  }

  private Header block(long number) {
    return node.headers(number, number, true).getFirst();
  }

  private Optional<Map<Hash, List<TraceStep>>> traced(long number) {
    return traces.of(block(number), node);
  }

  private void answering(String method, Misbehaviour how) {
    fake.misbehave(call -> call.method().equals(method) ? Optional.of(how) : Optional.empty());
  }

  private void answering(Misbehaviour callTracer, Misbehaviour parity) {
    fake.misbehave(call -> switch (call.method()) {
      case CallTracer.METHOD -> Optional.of(callTracer);
      case ParityTrace.METHOD -> Optional.of(parity);
      default -> Optional.empty();
    });
  }

  private void assertNotKnownYet(Misbehaviour why) {
    RpcFailure.Kind kind = why instanceof Misbehaviour.Status ? RpcFailure.Kind.HTTP_STATUS : RpcFailure.Kind.ERROR;
    assertThatThrownBy(() -> traces.offeredBy(node)).isInstanceOfSatisfying(RpcFailure.class,
        failure -> assertThat(failure.kind()).isIn(kind, RpcFailure.Kind.INCONSISTENT, RpcFailure.Kind.MALFORMED));
  }

  private void passes(Duration time) {
    now = now.plus(time);
  }

  @Test
  void the_best_method_offered_is_used() {
    assertThat(traced(30).orElseThrow().values()).allSatisfy(steps -> assertThat(steps).hasSize(2));
    assertThat(fake.calls(ParityTrace.METHOD)).isZero();
  }

  @Test
  void an_unknown_method_counts_at_once_and_for_good() {
    answering(CallTracer.METHOD, UNKNOWN);
    assertThat(traced(30).orElseThrow().values()).allSatisfy(steps -> assertThat(steps).hasSize(1));
    passes(Duration.ofDays(1));
    assertThat(traced(29)).isPresent();
    assertThat(fake.calls(CallTracer.METHOD)).isEqualTo(1);
  }

  /** One machine behind the load balancer has the head, and the others do not have it yet. */
  @Test
  void the_newest_blocks_do_not_decide_what_is_offered() {
    fake.misbehave(call -> call.method().equals(CallTracer.METHOD)
        && chain.byHash(call.params().path(0).asString()).orElseThrow().number() >= 25
        ? Optional.of(NOT_FOUND) : Optional.empty());
    assertThat(traces.offeredBy(node)).isTrue();
    assertThat(fake.calls(ParityTrace.METHOD)).isZero();
  }

  @Test
  void one_refusal_decides_nothing() {
    answering(NOT_FOUND, NOT_FOUND);
    assertNotKnownYet(NOT_FOUND);
    passes(Duration.ofSeconds(29));
    assertNotKnownYet(NOT_FOUND);
    assertNotKnownYet(NOT_FOUND);
    fake.behave();
    assertThat(traced(30).orElseThrow().values()).allSatisfy(steps -> assertThat(steps).hasSize(2));
  }

  static List<Misbehaviour> refusals() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return List.of(NOT_FOUND, new Misbehaviour.Refuses(-32005, "limit exceeded"),
        new Misbehaviour.Status(400, Map.of(), "{\"error\":\"no\"}"), new Misbehaviour.Status(401, Map.of(), "no"),
        new Misbehaviour.Status(403, Map.of(), "debug is not for you"), new Misbehaviour.Status(404, Map.of(), ""),
        new Misbehaviour.Status(405, Map.of(), ""), new Misbehaviour.Status(200, Map.of(), "<html>"),
        new Misbehaviour.Result(json.nullNode()), new Misbehaviour.Result(json.arrayNode()),
        new Misbehaviour.Result(JsonMapper.shared().readTree("[{\"error\":\"no state\"}]")));
  }

  /** All forms in which a gateway refuses tracing. */
  @ParameterizedTest
  @MethodSource("refusals")
  void a_method_refused_for_long_is_not_offered_and_the_next_one_is_tried(Misbehaviour how) {
    answering(CallTracer.METHOD, how);
    assertNotKnownYet(how);
    assertNotKnownYet(how);
    passes(Duration.ofSeconds(30));
    assertThat(traced(30).orElseThrow().values()).allSatisfy(steps -> assertThat(steps).hasSize(1));
  }

  @Test
  void a_node_that_traces_in_no_way_is_asked_again_now_and_then() {
    Misbehaviour no = new Misbehaviour.Status(403, Map.of(), "no");
    answering(no, no);
    assertNotKnownYet(no);
    assertNotKnownYet(no);
    passes(Duration.ofSeconds(30));
    assertThat(traces.offeredBy(node)).isFalse();
    assertThat(traced(30)).isEmpty();
    fake.behave();
    assertThat(traces.offeredBy(node)).isFalse();
    passes(Duration.ofMinutes(10));
    answering(no, no);
    assertThat(traces.offeredBy(node)).as("it needs not be refused for long again").isFalse();
    fake.behave();
    passes(Duration.ofMinutes(10));
    assertThat(traced(30)).isPresent();
  }

  @Test
  void throttling_is_not_a_refusal() {
    answering(CallTracer.METHOD, new Misbehaviour.Status(429, Map.of(), "slow down"));
    for (int i = 0; i < 5; i++) {
      passes(Duration.ofHours(1));
      assertThatThrownBy(() -> traces.offeredBy(node)).isInstanceOf(RpcFailure.class);
    }
    assertThat(fake.calls(ParityTrace.METHOD)).as("nor is asked more").isZero();
  }

  /** Two URLs of one provider: one key may trace, the other may not. */
  @Test
  void nodes_on_one_host_are_distinguished() {
    FakeNode tracing = fake;
    List<ChainNode> both = nodes(tracing.url() + "/free", tracing.url() + "/paid");
    answering(UNKNOWN, UNKNOWN);
    assertThat(traces.offeredBy(both.getFirst())).isFalse();
    fake.behave();
    assertThat(traces.offeredBy(both.getLast())).isTrue();
    assertThat(traces.offeredBy(both.getFirst())).isFalse();
  }

  private void assertFails(long block) {
    Header header = block(block);
    assertThatThrownBy(() -> traces.of(header, node)).isInstanceOf(RpcFailure.class);
  }

  /** While the tracing machines lag behind the one that reports the head, the method is not given up. */
  @Test
  void a_block_refused_for_a_moment_is_waited_for() {
    assertThat(traced(20)).isPresent();
    answering(CallTracer.METHOD, NOT_FOUND);
    for (int i = 0; i < 10; i++) {
      assertFails(30);
    }
    passes(Duration.ofSeconds(29));
    assertFails(30);
    fake.behave();
    assertThat(traced(30)).isPresent();
  }

  @Test
  void a_block_refused_for_long_cannot_be_traced_and_the_next_ones_need_less() {
    assertThat(traced(20)).isPresent();
    answering(CallTracer.METHOD, NOT_FOUND);
    assertFails(28);
    assertFails(28);
    passes(Duration.ofSeconds(30));
    assertThat(traced(28)).isEmpty();
    assertThat(traced(28)).as("asked about again").isEmpty();
    assertFails(29);
    assertFails(29);
    assertThat(traced(29)).isEmpty();
    assertThat(traced(28)).as("one block's refusals do not undo another's").isEmpty();
    fake.behave();
    assertThat(traced(28)).isPresent();
    answering(CallTracer.METHOD, NOT_FOUND);
    assertFails(30);
    assertFails(30);
    assertFails(30);
  }

  @Test
  void a_node_in_trouble_is_waited_for_longer() {
    assertThat(traced(20)).isPresent();
    answering(CallTracer.METHOD, new Misbehaviour.Status(502, Map.of(), "bad gateway"));
    assertFails(30);
    assertFails(30);
    passes(Duration.ofSeconds(119));
    assertFails(30);
    passes(Duration.ofSeconds(1));
    assertThat(traced(30)).isEmpty();
  }

  @Test
  void a_node_that_has_become_one_that_does_not_trace_is_seen_to_be_one() {
    assertThat(traced(20)).isPresent();
    answering(CallTracer.METHOD, UNKNOWN);
    assertFails(30);
    assertFails(30);
    passes(Duration.ofSeconds(30));
    assertThat(traced(30)).isEmpty();
    assertThat(traced(29)).as("by the other way").isPresent();
  }
}
