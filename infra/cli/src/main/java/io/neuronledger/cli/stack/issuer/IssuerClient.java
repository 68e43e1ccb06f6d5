package io.neuronledger.cli.stack.issuer;

import io.neuronledger.cli.stack.secret.Secrets;
import io.neuronledger.client.ClientCredentials;
import io.neuronledger.foundation.access.caller.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A client of the issuer, which gets tokens by its own secret.
 *
 * @param id the subject of its tokens
 * @param scopes of its tokens, as roles
 */
public record IssuerClient(String id, String secret, Set<Scope> scopes) {
  /** The id of the operator. */
  public static final String OPERATOR = "operator";
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  /** The operator of the embedded services, by the folder's secret: every right, bound to nobody. */
  public static IssuerClient operator(Secrets secrets) {
    return new IssuerClient(OPERATOR, secrets.of("issuer." + OPERATOR),
        EnumSet.complementOf(EnumSet.of(Scope.LEDGER_READ_OWN)));
  }

  /**
   * All clients of the embedded services: the operator, and two persons of finance, because some decisions are proposed
   * by one person and approved by another one.
   */
  public static List<IssuerClient> all(Secrets secrets) {
    return List.of(operator(secrets), person("preparer", secrets), person("approver", secrets));
  }

  /**
   * One of all clients.
   *
   * @throws IllegalArgumentException for another id
   */
  public static IssuerClient named(String id, Secrets secrets) {
    return all(secrets).stream().filter(each -> each.id().equals(id)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no client of the issuer is named " + id));
  }

  private static IssuerClient person(String id, Secrets secrets) {
    return new IssuerClient(id, secrets.of("issuer." + id),
        EnumSet.of(Scope.LEDGER_READ, Scope.EVENTS_SUBSCRIBE, Scope.FINANCE_READ, Scope.FINANCE_WRITE));
  }

  /** The secret as the issuer keeps it: random already, so without a slow hash, which protects what can be guessed. */
  String storedSecret() {
    return "{noop}" + secret;
  }

  /** Tokens of the issuer at that address. */
  public ClientCredentials tokens(String issuer) {
    return new ClientCredentials(issuer, id, secret);
  }

  /**
   * A code by which this client signs in to the dashboard, once and within ten minutes.
   *
   * @throws IllegalStateException if the issuer at that address gives none
   */
  public String signInCode(String issuer) {
    String credential = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(HttpRequest.newBuilder(
          URI.create(issuer + DashboardSignIn.CODES_PATH)).header("Authorization", "Basic " + credential)
          .timeout(DEADLINE).POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
        throw new IllegalStateException(answer.uri() + " answers " + answer.statusCode() + ": " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException("the issuer " + issuer + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + issuer, e);
    }
  }

  /** Its secret stays out of every text. */
  @Override
  public String toString() {
    return "IssuerClient[" + id + "]";
  }
}
