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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that gives one answer after the other, and keeps what it was asked. */
final class ScriptedService implements AutoCloseable {
  /** Closes the connection in place of an answer. */
  static final Answer BROKEN = new Answer(0, "", Map.of(), End.WHOLE);
  private static final Map<String, String> EVENTS = Map.of("Content-Type", "text/event-stream;charset=utf-8");
  private static final int UNSENT = 1_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<String> lastEventIds = new CopyOnWriteArrayList<>();

  /** How an answer ends: whole, before its end, or not at all. */
  enum End {
    WHOLE, CUT, SILENT
  }

  record Answer(int status, String body, Map<String, String> headers, End end) {}

  record Asked(String method, String uri, String authorization, String body) {}

  ScriptedService() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = next(exchange);
      if (answer.equals(BROKEN)) {
        return;
      }
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      int unsent = answer.end() == End.WHOLE ? 0 : UNSENT;
      exchange.sendResponseHeaders(answer.status(), body.length + unsent == 0 ? -1 : body.length + unsent);
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
      if (answer.end() == End.SILENT) {
        closed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Answer next(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    asked.add(new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
        authorization == null ? "" : authorization,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    lastEventIds.addAll(exchange.getRequestHeaders().getOrDefault("Last-Event-ID", List.of()));
    return answers.size() > 1 ? answers.remove() : answers.element();
  }

  /** Adds an answer; the last one is given again and again. */
  ScriptedService then(int status, String body) {
    return then(new Answer(status, body, Map.of(), End.WHOLE));
  }

  /** Adds a problem, with {@code Retry-After}. */
  ScriptedService thenProblem(int status, String code, int retryAfter) {
    return then(new Answer(status, """
        {"type":"/problems/%s","title":"t","status":%d,"detail":"what happened","instance":"/","code":"%s",
         "request_id":"id-1","parameter":"p"}""".formatted(code, status, code),
        Map.of("Retry-After", Integer.toString(retryAfter), "Content-Type", "application/problem+json"), End.WHOLE));
  }

  /** Adds an answer whose body does not come to its end, and does not end. */
  ScriptedService thenSilent(int status, String body) {
    return then(new Answer(status, body, Map.of(), End.SILENT));
  }

  ScriptedService thenBroken() {
    return then(BROKEN);
  }

  /** Adds server-sent events. */
  ScriptedService thenEvents(String body, End end) {
    return then(new Answer(200, body, EVENTS, end));
  }

  private synchronized ScriptedService then(Answer answer) {
    answers.add(answer);
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** Of each request that has one. */
  List<String> lastEventIds() {
    return List.copyOf(lastEventIds);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdown();
  }
}
