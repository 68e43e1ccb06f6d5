package io.neuronledger.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokens of an OIDC issuer for a client with a secret; a new one before the last one expires. */
public final class ClientCredentials implements TokenSource {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  /** A token is not used in its last minute: the request takes time, and clocks differ. */
  private static final Duration MARGIN = Duration.ofMinutes(1);
  private static final int OK = 200;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(DEADLINE).build();
  private final String issuer;
  private final String authorization;
  private final Clock clock;
  private Optional<String> token = Optional.empty();
  private Instant until = Instant.MIN;

  public ClientCredentials(String issuer, String clientId, String secret) {
    this(issuer, clientId, secret, Clock.systemUTC());
  }

  /**
   * @param issuer the issuer's URL, without a slash at its end
   * @param clock by which tokens expire
   */
  public ClientCredentials(String issuer, String clientId, String secret, Clock clock) {
    this.issuer = issuer;
    this.authorization = "Basic " + Base64.getEncoder()
        .encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
    this.clock = clock;
  }

  /** @throws IllegalStateException if the issuer gives none */
  @Override
  public synchronized Optional<String> token() {
    Instant now = clock.instant();
    if (!now.isBefore(until)) {
      JsonNode granted = send(HttpRequest.newBuilder(tokenEndpoint()).header("Authorization", authorization)
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")));
      token = Optional.of(granted.path("access_token").asString());
      until = now.plusSeconds(granted.path("expires_in").asLong()).minus(MARGIN);
    }
    return token;
  }

  private URI tokenEndpoint() {
    return URI.create(send(HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration")))
        .path("token_endpoint").asString());
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      var answer = http.send(request.timeout(DEADLINE).build(), BodyHandlers.ofString());
      if (answer.statusCode() != OK) {
        throw new IllegalStateException(answer.uri() + " answers " + answer.statusCode() + ": " + answer.body());
      }
      return JsonMapper.shared().readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException("the issuer " + issuer + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + issuer, e);
    }
  }
}
