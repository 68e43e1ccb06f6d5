package io.neuronledger.testkit.devchain.rpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON-RPC client over HTTP for one node. Thread-safe. Never retries: the caller knows which calls may be repeated.
 */
public final class JsonRpc {
  /** For connecting too: a node on a machine with more work than processors may need seconds to accept. */
  private static final Duration CALL_DEADLINE = Duration.ofMinutes(2);
  private static final int HTTP_OK = 200;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI url;
  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public JsonRpc(String url) {
    this.url = URI.create(url);
  }

  public String url() {
    return url.toString();
  }

  /**
   * @return the result, which may be JSON's null
   * @throws RpcException when the node answers with an error
   * @throws UncheckedIOException when it does not answer within 2 minutes; its message names the cause
   */
  public JsonNode call(String method, Object... parameters) {
    RpcCall call = RpcCall.of(method, parameters);
    return result(call, post(JSON.writeValueAsString(request(0, call))));
  }

  /**
   * Sends all calls in one request; a node may work on them in any order.
   *
   * @return the results in the order of the calls
   * @throws RpcException for the first call that the node answers with an error
   */
  public List<JsonNode> batch(List<RpcCall> calls) {
    if (calls.isEmpty()) {
      return List.of();
    }
    List<Map<String, Object>> requests = new ArrayList<>(calls.size());
    for (RpcCall call : calls) {
      requests.add(request(requests.size(), call));
    }
    JsonNode answer = post(JSON.writeValueAsString(requests));
    if (!answer.isArray()) {
      return List.of(result(calls.getFirst(), answer));
    }
    Map<Integer, JsonNode> byId = new TreeMap<>();
    answer.forEach(each -> byId.put(each.path("id").asInt(), each));
    List<JsonNode> results = new ArrayList<>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      JsonNode each = byId.get(i);
      if (each == null) {
        throw new IllegalStateException("no answer to call " + i + " of a batch, " + calls.get(i).method());
      }
      results.add(result(calls.get(i), each));
    }
    return results;
  }

  private static Map<String, Object> request(int id, RpcCall call) {
    return Map.of("jsonrpc", "2.0", "id", id, "method", call.method(), "params", call.parameters());
  }

  private static JsonNode result(RpcCall call, JsonNode answer) {
    JsonNode error = answer.path("error");
    if (!error.isMissingNode() && !error.isNull()) {
      throw new RpcException(call.method(), error.path("code").asInt(0), error.path("message").asString(""),
          error.path("data").asString(""));
    }
    return answer.path("result");
  }

  private JsonNode post(String body) {
    HttpRequest request = HttpRequest.newBuilder(url).timeout(CALL_DEADLINE)
        .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != HTTP_OK) {
        throw new IllegalStateException(url + " answered " + response.statusCode() + ": " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException("no answer from " + url + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + url, e);
    }
  }
}
