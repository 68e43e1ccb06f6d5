package io.neuronledger.testkit.trace.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a node over HTTP. */
final class NodeCalls implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI url;

  NodeCalls(TraceNode node) {
    this.url = URI.create(node.url());
  }

  JsonNode result(String method, Object... params) {
    JsonNode answer = answer(method, params);
    assertThat(answer.has("error")).as("%s: %s", method, answer).isFalse();
    return answer.get("result");
  }

  JsonNode error(String method, Object... params) {
    JsonNode answer = answer(method, params);
    assertThat(answer.has("error")).as("%s: %s", method, answer).isTrue();
    return answer.get("error");
  }

  private JsonNode answer(String method, Object... params) {
    String body = JsonMapper.shared().writeValueAsString(
        Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(params)));
    try {
      return JsonMapper.shared().readTree(http.send(HttpRequest.newBuilder(url)
          .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
