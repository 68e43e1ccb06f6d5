package io.neuronledger.cli.check;

import static java.nio.charset.StandardCharsets.UTF_8;

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
 * A proxy of a node that removes the logs of some transactions, also from receipts. Blooms still contain them. It
 * proves no storage, which would reveal the missing logs.
 */
final class MutedNode implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int OK = 200;

  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI node;
  private final Set<String> muted = ConcurrentHashMap.newKeySet();

  MutedNode(String node) {
    this.node = URI.create(node);
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
      JsonNode answer = JSON.readTree(http.send(HttpRequest.newBuilder(node)
          .header("Content-Type", "application/json").POST(BodyPublishers.ofString(withoutProofs(question))).build(),
          BodyHandlers.ofByteArray()).body());
      for (JsonNode one : answer.isArray() ? answer : List.of(answer)) {
        mute(one.path("result"));
      }
      byte[] body = JSON.writeValueAsBytes(answer);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(OK, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String withoutProofs(byte[] question) {
    return new String(question, UTF_8).replace("\"eth_getProof\"", "\"eth_noProof\"");
  }

  /** Logs, receipts or one receipt; nothing else has logs. */
  private void mute(JsonNode result) {
    if (result instanceof ArrayNode list) {
      list.removeIf(each -> !each.has("logs") && isMuted(each));
      list.forEach(this::mute);
    } else if (result.path("logs") instanceof ArrayNode logs && isMuted(result)) {
      logs.removeAll();
    }
  }

  private boolean isMuted(JsonNode logOrReceipt) {
    return muted.contains(logOrReceipt.path("transactionHash").asString(""));
  }

  @Override
  public void close() {
    server.stop(0);
    http.shutdownNow();
  }
}
