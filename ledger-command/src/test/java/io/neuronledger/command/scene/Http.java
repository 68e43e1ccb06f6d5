package io.neuronledger.command.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Asks the service as its users do. Every answer of its API is held against the published document. */
public final class Http {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private Http() {}

  /** @param body {@code null} is written where nothing could be read */
  public record Answer(int status, String contentType, JsonNode body) {}

  public static Answer post(String url, String json) {
    return send(HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  public static Answer get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)));
  }

  public static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = CLIENT.send(request.timeout(DEADLINE).build(),
          HttpResponse.BodyHandlers.ofString());
      String body = response.body().isEmpty() ? "null" : response.body();
      Answer answer = new Answer(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
          ChainEventProducer.JSON.readTree(body));
      String path = response.uri().getRawPath();
      if (path.startsWith("/v1/")) {
        assertThat(ApiDocument.faults(response.request().method(), path, answer)).as("%s %s", path, answer).isEmpty();
      }
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
