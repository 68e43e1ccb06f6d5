package io.neuronledger.indexer.scene;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A JSON-RPC node that serves a scripted chain, and misbehaves exactly as a test tells it to. */
public final class FakeNode implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int OK = 200;

  /** One call as it came. */
  public record Call(String method, JsonNode params) {}

  /** What the node does instead of answering truthfully. */
  public sealed interface Misbehaviour {
    /** This result, whatever the truth. */
    record Says(JsonNode result) implements Misbehaviour {}

    /** A JSON-RPC error. */
    record Refuses(int code, String message) implements Misbehaviour {}

    /** An HTTP status for the whole request. */
    record Status(int code, Map<String, String> headers, String body) implements Misbehaviour {
      public Status {
        headers = Map.copyOf(headers);
      }
    }

    /** The answer's head and some bytes of its body; then the connection ends. */
    record BreaksOff() implements Misbehaviour {}

    /** No answer until the node is closed. */
    record Hangs() implements Misbehaviour {}
  }

  /** Decides, call by call. */
  @FunctionalInterface
  public interface Script {
    Optional<Misbehaviour> on(Call call);
  }

  private final HttpServer server;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile ScriptedChain chain;
  private volatile Script script = _ -> Optional.empty();
  private volatile long finalized = 0;
  private volatile long chainId = 31337;
  private volatile int batchMax = Integer.MAX_VALUE;
  private volatile Optional<String> coding = Optional.empty();
  private volatile UnaryOperator<byte[]> coder = UnaryOperator.identity();

  public FakeNode(ScriptedChain chain) {
    this.chain = chain;
    try {
      this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on it serves this chain. */
  public void follow(ScriptedChain other) {
    chain = other;
  }

  public void misbehave(Script how) {
    script = how;
  }

  public void behave() {
    script = _ -> Optional.empty();
  }

  /** What it answers for the tag {@code finalized}. */
  public void finalise(long block) {
    finalized = block;
  }

  public void chainId(long id) {
    chainId = id;
  }

  /** Larger batches are refused as a whole. */
  public void batchesUpTo(int size) {
    batchMax = size;
  }

  /** It encodes every body, whatever was asked for. */
  public void encode(String name, UnaryOperator<byte[]> encoding) {
    coding = Optional.of(name);
    coder = encoding;
  }

  public int calls(String method) {
    return calls.computeIfAbsent(method, _ -> new AtomicInteger()).get();
  }

  public int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
    List<JsonNode> single = request.isArray() ? List.copyOf(request.values()) : List.of(request);
    ArrayNode answers = NODES.arrayNode();
    for (JsonNode one : single) {
      Call call = new Call(one.path("method").asString(), one.path("params"));
      calls.computeIfAbsent(call.method(), _ -> new AtomicInteger()).incrementAndGet();
      Optional<Misbehaviour> misbehaviour = script.on(call);
      if (misbehaviour.isPresent() && misbehaviour.get() instanceof Misbehaviour.Status status) {
        status.headers().forEach(exchange.getResponseHeaders()::add);
        send(exchange, status.code(), status.body());
        return;
      }
      if (misbehaviour.isPresent() && misbehaviour.get() instanceof Misbehaviour.BreaksOff) {
        breakOff(exchange);
        return;
      }
      if (misbehaviour.isPresent() && misbehaviour.get() instanceof Misbehaviour.Hangs) {
        hang();
        return;
      }
      answers.add(answer(one, call, misbehaviour));
    }
    if (single.size() > batchMax) {
      send(exchange, OK,
          "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"batch too large\"}}");
      return;
    }
    send(exchange, OK, request.isArray() ? reversed(answers).toString() : answers.get(0).toString());
  }

  /** JSON-RPC promises no order: an indexer that relies on one would fail here. */
  private static ArrayNode reversed(ArrayNode answers) {
    List<JsonNode> items = new ArrayList<>(answers.values());
    ArrayNode reversed = NODES.arrayNode();
    items.reversed().forEach(reversed::add);
    return reversed;
  }

  private ObjectNode answer(JsonNode request, Call call, Optional<Misbehaviour> misbehaviour) {
    ObjectNode answer = NODES.objectNode().put("jsonrpc", "2.0");
    answer.set("id", request.path("id"));
    switch (misbehaviour.orElseGet(() -> honest(call))) {
      case Misbehaviour.Says says -> answer.set("result", says.result());
      case Misbehaviour.Refuses refuses ->
          answer.set("error", NODES.objectNode().put("code", refuses.code()).put("message", refuses.message()));
      case Misbehaviour.Status _, Misbehaviour.BreaksOff _, Misbehaviour.Hangs _ ->
          throw new IllegalStateException("handled before");
    }
    return answer;
  }

  private Misbehaviour honest(Call call) {
    try {
      return new Misbehaviour.Says(truth(call));
    } catch (IllegalArgumentException e) {
      return new Misbehaviour.Refuses(-32000, String.valueOf(e.getMessage()));
    }
  }

  /** What an honest node would answer. */
  public JsonNode truth(Call call) {
    return ChainAnswers.of(call, chain, finalized, chainId);
  }

  private void hang() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void breakOff(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(OK, 1_000);
    exchange.getResponseBody().write("[{\"id\":0".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    exchange.close();
  }

  private void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = coder.apply(body.getBytes(StandardCharsets.UTF_8));
    coding.ifPresent(name -> exchange.getResponseHeaders().set("Content-Encoding", name));
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
