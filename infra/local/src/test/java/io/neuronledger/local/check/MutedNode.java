package io.neuronledger.local.check;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.neuronledger.contracts.value.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * Stands before a node and passes everything on, but for the logs of some transactions: as if they had never been
 * emitted. Blooms still know of them.
 */
final class MutedNode implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int OK = 200;

  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI behind;
  private final Set<String> muted = ConcurrentHashMap.newKeySet();

  MutedNode(String behind) {
    this.behind = URI.create(behind);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::pass);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void mute(Hash transaction) {
    muted.add(transaction.toString());
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] question = exchange.getRequestBody().readAllBytes();
      JsonNode answer = JSON.readTree(http.send(HttpRequest.newBuilder(behind)
          .header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(question)).build(),
          BodyHandlers.ofByteArray()).body());
      for (JsonNode one : answer.isArray() ? answer : List.of(answer)) {
        if (one.get("result") instanceof ArrayNode logs) {
          logs.removeIf(log -> muted.contains(log.path("transactionHash").asString("")));
        }
      }
      byte[] told = JSON.writeValueAsBytes(answer);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(OK, told.length);
      exchange.getResponseBody().write(told);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    http.shutdownNow();
  }
}
