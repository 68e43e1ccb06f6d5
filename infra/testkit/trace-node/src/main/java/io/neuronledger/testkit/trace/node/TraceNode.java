package io.neuronledger.testkit.trace.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.trace.Trace;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves a trace on 127.0.0.1. Its head is before the first transaction until {@link #advanceTo}; every block is final
 * at once.
 */
public final class TraceNode implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int OK = 200;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_PARAMS = -32602;

  static {
    // The JDK's server writes head and body separately; without this each answer waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** A second, lagging machine behind the same address. */
  private record Laggard(TraceRpc rpc, AtomicLong head, LongSupplier behind) {}

  private final Trace trace;
  private final TraceSwitches switches;
  private final TraceRpc rpc;
  private final AtomicLong head;
  private volatile Optional<Laggard> laggard = Optional.empty();
  private final LongAdder calls = new LongAdder();
  private final HttpServer server;
  private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();

  private TraceNode(Trace trace, TraceSwitches switches) {
    this.trace = trace;
    this.switches = switches;
    this.head = new AtomicLong(trace.transactions().getFirst().block() - 1);
    this.rpc = new TraceRpc(trace, switches, head);
    try {
      this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback address", e);
    }
    server.setExecutor(handlers);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The code of a contract, different for each address. */
  public static String codeOf(WalletAddress contract) {
    return "0x60806040" + contract.value().substring(2);
  }

  public static TraceNode start(Trace trace, TraceSwitches switches) {
    return new TraceNode(trace, switches);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public long head() {
    return head.get();
  }

  /** The last block of the trace. */
  public long last() {
    return rpc.blocks().last();
  }

  /** Moves the head forward to this block; never back. */
  public void advanceTo(long block) {
    head.accumulateAndGet(Math.min(block, last()), Math::max);
  }

  /**
   * Simulates a load balancer over several machines from now on.
   *
   * @param blocks called once per request, which must not overlap: the lag of the answering machine in blocks
   */
  public void lags(LongSupplier blocks) {
    AtomicLong itsHead = new AtomicLong();
    laggard = Optional.of(new Laggard(new TraceRpc(trace, switches, itsHead), itsHead, blocks));
  }

  /** The number of answered calls, each call of a batch included. */
  public long calls() {
    return calls.sum();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
        return;
      }
      byte[] answer = JSON.writeValueAsBytes(answer(exchange.getRequestBody().readAllBytes()));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(OK, answer.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(answer);
      }
    }
  }

  private JsonNode answer(byte[] body) {
    JsonNode request;
    try {
      request = JSON.readTree(body);
    } catch (JacksonException e) {
      return error(JSON.createObjectNode(), PARSE_ERROR, "parse error", "");
    }
    Optional<Laggard> other = laggard;
    long blocks = other.map(machine -> machine.behind().getAsLong()).orElse(0L);
    if (other.isEmpty() || blocks == 0) {
      return answerBy(rpc, request);
    }
    other.get().head().set(Math.max(rpc.blocks().first(), head.get() - blocks));
    return answerBy(other.get().rpc(), request);
  }

  private JsonNode answerBy(TraceRpc machine, JsonNode request) {
    if (!request.isArray()) {
      return answerOne(machine, request);
    }
    ArrayNode answers = JSON.createArrayNode();
    request.forEach(one -> answers.add(answerOne(machine, one)));
    return answers;
  }

  private ObjectNode answerOne(TraceRpc machine, JsonNode request) {
    calls.increment();
    ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", request.path("id").isMissingNode() ? JSON.getNodeFactory().nullNode() : request.get("id"));
    try {
      answer.set("result", machine.answer(request.path("method").asString(""), request.path("params")));
      return answer;
    } catch (RpcError e) {
      return error(answer, e.code(), String.valueOf(e.getMessage()), e.data());
    } catch (IllegalArgumentException e) {
      return error(answer, INVALID_PARAMS, String.valueOf(e.getMessage()), "");
    }
  }

  private static ObjectNode error(ObjectNode answer, int code, String message, String data) {
    ObjectNode error = answer.putObject("error").put("code", code).put("message", message);
    if (!data.isEmpty()) {
      error.put("data", data);
    }
    return answer;
  }

  @Override
  public void close() {
    server.stop(0);
    handlers.close();
  }
}
