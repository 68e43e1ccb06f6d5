package io.neuronledger.indexer.follow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A real node that does not know some methods, or answers something else than it should. */
final class RefusingProxy implements AutoCloseable {
  private static final int OK = 200;

  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI node;
  private final Set<String> refused;
  private final Altering altering;

  /** What comes of an answer. */
  @FunctionalInterface
  interface Altering {
    JsonNode altered(JsonNode request, JsonNode answer);
  }

  RefusingProxy(String node, Set<String> refused) {
    this(node, refused, (_, answer) -> answer);
  }

  /** @param altering gets the request and the answer, both single or both batches */
  RefusingProxy(String node, Altering altering) {
    this(node, Set.of(), altering);
  }

  private RefusingProxy(String node, Set<String> refused, Altering altering) {
    this.altering = altering;
    this.node = URI.create(node);
    this.refused = Set.copyOf(refused);
    try {
      this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] request = exchange.getRequestBody().readAllBytes();
    JsonNode first = JsonMapper.shared().readTree(request);
    JsonNode call = first.isArray() ? first.get(0) : first;
    byte[] answer = refused.contains(call.path("method").asString()) ? refusal(call)
        : JsonMapper.shared().writeValueAsBytes(
            altering.altered(first, JsonMapper.shared().readTree(forward(request))));
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(OK, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static byte[] refusal(JsonNode call) {
    var answer = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
    answer.set("id", call.path("id"));
    answer.putObject("error").put("code", -32601).put("message", "the method does not exist");
    return JsonMapper.shared().writeValueAsBytes(answer);
  }

  private byte[] forward(byte[] request) throws IOException {
    try {
      HttpRequest asked = HttpRequest.newBuilder(node).header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofByteArray(request)).build();
      return http.send(asked, HttpResponse.BodyHandlers.ofByteArray()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    http.shutdownNow();
  }
}
