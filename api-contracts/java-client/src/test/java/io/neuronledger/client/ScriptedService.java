package io.neuronledger.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server that gives one answer after the other, and keeps what it was asked. */
final class ScriptedService implements AutoCloseable {
  /** Closes the connection in place of an answer. */
  static final Answer BROKEN = new Answer(0, "", Map.of());

  private final HttpServer server;
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  record Answer(int status, String body, Map<String, String> headers) {}

  record Asked(String method, String uri, String authorization, String body) {}

  ScriptedService() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      asked.add(new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
          authorization == null ? "" : authorization,
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
      if (answer.equals(BROKEN)) {
        return;
      }
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Adds an answer; the last one is given again and again. */
  synchronized ScriptedService then(int status, String body) {
    answers.add(new Answer(status, body, Map.of()));
    return this;
  }

  /** Adds a problem, with {@code Retry-After}. */
  synchronized ScriptedService thenProblem(int status, String code, int retryAfter) {
    answers.add(new Answer(status, """
        {"type":"/problems/%s","title":"t","status":%d,"detail":"what happened","instance":"/","code":"%s",
         "request_id":"id-1","parameter":"p"}""".formatted(code, status, code),
        Map.of("Retry-After", Integer.toString(retryAfter), "Content-Type", "application/problem+json")));
    return this;
  }

  synchronized ScriptedService thenBroken() {
    answers.add(BROKEN);
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
