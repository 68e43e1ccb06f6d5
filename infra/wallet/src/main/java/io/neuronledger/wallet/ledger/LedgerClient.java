package io.neuronledger.wallet.ledger;

import io.neuronledger.client.query.ApiClient;
import io.neuronledger.client.query.ApiException;
import io.neuronledger.client.query.api.BalancesApi;
import io.neuronledger.client.query.api.JournalApi;
import io.neuronledger.client.query.api.ServiceApi;
import io.neuronledger.client.query.api.UsageApi;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.Printable;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** ledger-query by its generated client. What fails is one sentence of a {@link CommandFailure}. */
public final class LedgerClient {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TEXT_MAX = 500;
  private static final JsonMapper PRETTY =
      ((JsonMapper) ApiClient.createDefaultObjectMapper()).rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** For sentences. */
  private final String shown;
  private final ApiClient client;

  /** One request. */
  @FunctionalInterface
  public interface Question<T> {
    T ask() throws ApiException;
  }

  /** @param url without a slash at its end */
  public LedgerClient(String url, Credential credential) {
    this.shown = Printable.origin(url);
    this.client = new ApiClient(
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(DEADLINE),
        ApiClient.createDefaultObjectMapper(), url).setReadTimeout(DEADLINE).setRequestInterceptor(credential);
  }

  /** Its scheme, host and port, for sentences. */
  public String shown() {
    return shown;
  }

  public BalancesApi balances() {
    return new BalancesApi(client);
  }

  public JournalApi journal() {
    return new JournalApi(client);
  }

  public UsageApi usage() {
    return new UsageApi(client);
  }

  public ServiceApi service() {
    return new ServiceApi(client);
  }

  /** @throws CommandFailure for anything but an answer */
  public <T> T ask(Question<T> question) {
    try {
      return answered(question);
    } catch (ApiException e) {
      throw failure(e);
    }
  }

  /** The generated client answers null for a body without a value. */
  private <T> T answered(Question<T> question) throws ApiException {
    return Optional.ofNullable(question.ask())
        .orElseThrow(() -> CommandFailure.failed("The ledger " + shown + " answers nothing."));
  }

  /** The answer; empty for a credential that may not ask this. */
  public <T> Optional<T> find(Question<T> question) {
    return unless(FORBIDDEN, question);
  }

  /** The answer; empty where there is no such ledger or sub-account. */
  <T> Optional<T> findLedger(Question<T> question) {
    return unless(NOT_FOUND, question);
  }

  private <T> Optional<T> unless(int status, Question<T> question) {
    try {
      return Optional.of(answered(question));
    } catch (ApiException e) {
      if (e.getCode() == status) {
        return Optional.empty();
      }
      throw failure(e);
    }
  }

  /**
   * The cursor of the page after one.
   *
   * @param cursor by which that page was asked for; empty for the first one
   * @param next what it names; null on the last one
   * @throws CommandFailure if it names itself, so that the list would never end
   */
  public Optional<String> next(Optional<String> cursor, @Nullable String next) {
    if (cursor.isPresent() && cursor.get().equals(next)) {
      throw CommandFailure.failed("The ledger " + shown + " answers a page that names itself as the next one.");
    }
    return Optional.ofNullable(next);
  }

  /** An answer as the API writes it, over several lines. */
  public static String json(Object answer) {
    return PRETTY.writeValueAsString(answer);
  }

  private CommandFailure failure(ApiException failure) {
    if (failure.getCode() == 0) {
      return CommandFailure.failed("The ledger " + shown + " does not answer: " + root(failure) + ".", failure);
    }
    return CommandFailure.failed("The ledger answers " + failure.getCode() + ", " + detail(failure.getResponseBody())
        + ".", failure);
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return Printable.of(message == null ? root.getClass().getSimpleName() : message);
  }

  /** Of a problem document its detail; of another body its beginning. */
  static String detail(@Nullable String body) {
    if (body == null || body.isBlank()) {
      return "without a reason";
    }
    try {
      JsonNode problem = JsonMapper.shared().readTree(body);
      String code = problem.path("code").asString("");
      String detail = problem.path("detail").asString(problem.path("title").asString(""));
      return Printable.of(code.isEmpty() ? detail : code + ": " + detail);
    } catch (JacksonException e) {
      return Printable.of(body.length() > TEXT_MAX ? body.substring(0, TEXT_MAX) : body);
    }
  }
}
