package io.neuronledger.testkit.devchain.proxy;

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
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Forwards JSON-RPC over HTTP to a node and alters the answers. Listens on the loopback address. */
public final class NodeProxy implements AutoCloseable {
  private static final int OK = 200;
  private static final int BAD_GATEWAY = 502;

  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI node;
  private final Altering altering;

  /** An alteration of answers. Called by many threads. */
  @FunctionalInterface
  public interface Altering {
    /**
     * @param request one call, or a batch of them
     * @param answer the node's answer, one or a batch; may be modified
     */
    Answer altered(JsonNode request, JsonNode answer);
  }

  /**
   * The answer to the client.
   *
   * @param headers the headers besides the content type
   * @param body empty: the connection ends without an answer
   */
  public record Answer(int status, Map<String, String> headers, Optional<byte[]> body) {
    public Answer {
      headers = Map.copyOf(headers);
    }

    public static Answer of(JsonNode json) {
      return new Answer(OK, Map.of(), Optional.of(JsonMapper.shared().writeValueAsBytes(json)));
    }

    public static Answer of(int status, Map<String, String> headers, String text) {
      return new Answer(status, headers, Optional.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The connection ends without an answer. */
    public static Answer none() {
      return new Answer(OK, Map.of(), Optional.empty());
    }
  }

  /** @param node the node's HTTP address */
  public NodeProxy(String node, Altering altering) {
    this.altering = altering;
    this.node = URI.create(node);
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

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      Answer answer = answer(request);
      if (answer.body().isEmpty()) {
        return;
      }
      byte[] body = answer.body().get();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer answer(byte[] request) throws IOException {
    try {
      HttpRequest forwarded = HttpRequest.newBuilder(node).header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofByteArray(request)).build();
      byte[] answer = http.send(forwarded, HttpResponse.BodyHandlers.ofByteArray()).body();
      return altering.altered(JsonMapper.shared().readTree(request), JsonMapper.shared().readTree(answer));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.of(BAD_GATEWAY, Map.of(), "interrupted");
    }
  }

  @Override
  public void close() {
    server.stop(0);
    http.shutdownNow();
  }
}
