package io.neuronledger.testkit.trace.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers JSON-RPC over HTTP on a free port of 127.0.0.1: single calls and batches. */
public final class RpcServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int OK = 200;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_PARAMS = -32602;

  static {
    // The JDK's server writes head and body separately; without this each answer waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** The functions of a node. */
  public interface Methods {
    /**
     * @return the result of a call
     * @throws RpcError for the error of a call
     * @throws IllegalArgumentException for invalid parameters
     */
    JsonNode answer(String method, JsonNode params);
  }

  private final Supplier<Methods> methods;
  private final HttpServer server;
  private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();

  private RpcServer(Supplier<Methods> methods) {
    this.methods = methods;
    try {
      this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback address", e);
    }
  }

  /** @param methods called once per HTTP request: which machine answers it */
  public static RpcServer start(Supplier<Methods> methods) {
    RpcServer started = new RpcServer(methods);
    started.server.setExecutor(started.handlers);
    started.server.createContext("/", started::handle);
    started.server.start();
    return started;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
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
    Methods machine = methods.get();
    if (!request.isArray()) {
      return answerOne(machine, request);
    }
    ArrayNode answers = JSON.createArrayNode();
    request.forEach(one -> answers.add(answerOne(machine, one)));
    return answers;
  }

  private static ObjectNode answerOne(Methods machine, JsonNode request) {
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
