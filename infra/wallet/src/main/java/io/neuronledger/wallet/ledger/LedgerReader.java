package io.neuronledger.wallet.ledger;

import io.neuronledger.client.LedgerClient;
import io.neuronledger.client.LedgerClient.Services;
import io.neuronledger.client.ProblemException;
import io.neuronledger.client.Retries;
import io.neuronledger.client.TokenSource;
import io.neuronledger.client.query.ApiException;
import io.neuronledger.client.query.api.BalancesApi;
import io.neuronledger.client.query.api.JournalApi;
import io.neuronledger.client.query.api.ServiceApi;
import io.neuronledger.client.query.api.UsageApi;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.JsonText;
import io.neuronledger.wallet.text.Printable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.ObjectMapper;

/** ledger-query by the Java client. What fails is one sentence of a {@link CommandFailure}. */
public final class LedgerReader {
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TEXT_MAX = 500;
  private static final ObjectMapper MAPPER = io.neuronledger.client.query.ApiClient.createDefaultObjectMapper();

  /** For sentences. */
  private final String shown;
  private final LedgerClient client;

  /**
   * @param url without a slash at its end
   * @param pauses waits for so long before a request is sent again
   */
  public LedgerReader(String url, TokenSource tokens, Consumer<Duration> pauses) {
    this(Printable.origin(url), LedgerClient.of(Services.of(url), tokens).waitingBy(pauses));
  }

  private LedgerReader(String shown, LedgerClient client) {
    this.shown = shown;
    this.client = client;
  }

  /** The same for who asks again and again: each question is sent once, and fails unless it is answered in time. */
  LedgerReader once(Duration timeout) {
    return new LedgerReader(shown, client.with(Retries.NONE).answeredWithin(timeout));
  }

  /** For subscriptions, files and lists. */
  public LedgerClient client() {
    return client;
  }

  public BalancesApi balances() {
    return new BalancesApi(client.query());
  }

  public JournalApi journal() {
    return new JournalApi(client.query());
  }

  public UsageApi usage() {
    return new UsageApi(client.query());
  }

  ServiceApi service() {
    return new ServiceApi(client.query());
  }

  /** Its scheme, host and port, for sentences. */
  String shown() {
    return shown;
  }

  /** @throws CommandFailure for anything but an answer */
  public <T> T ask(Supplier<T> question) {
    try {
      return answered(question);
    } catch (ProblemException e) {
      throw failure(e);
    }
  }

  /** The answer; empty for a credential that may not ask this. */
  <T> Optional<T> find(Supplier<T> question) {
    return unless(FORBIDDEN, question);
  }

  /** The answer; empty where there is no such ledger or sub-account. */
  <T> Optional<T> findLedger(Supplier<T> question) {
    return unless(NOT_FOUND, question);
  }

  private <T> Optional<T> unless(int status, Supplier<T> question) {
    try {
      return Optional.of(answered(question));
    } catch (ProblemException e) {
      if (e.status() == status) {
        return Optional.empty();
      }
      throw failure(e);
    }
  }

  /** The generated client answers null for a body without a value. */
  private <T> T answered(Supplier<T> question) {
    try {
      return Optional.ofNullable(question.get())
          .orElseThrow(() -> CommandFailure.failed("The ledger " + shown + " answers nothing."));
    } catch (UncheckedIOException e) {
      throw CommandFailure.failed("The ledger " + shown + " does not answer: " + root(e) + ".", e);
    } catch (ApiException e) {
      throw CommandFailure.failed("The ledger " + shown + " answers what its document does not describe: " + root(e)
          + ".", e);
    } catch (IllegalStateException e) {
      // A list that goes round in circles.
      throw CommandFailure.failed("The ledger " + shown + " cannot be read: "
          + Printable.of(String.valueOf(e.getMessage())) + ".", e);
    }
  }

  /** An answer as the API writes it, over several lines. */
  public static String json(Object answer) {
    return JsonText.pretty(MAPPER, answer);
  }

  private static CommandFailure failure(ProblemException problem) {
    return CommandFailure.failed("The ledger answers " + reason(problem) + ".", problem);
  }

  /** The status of a problem, and its code and detail; of a body that is no problem document its beginning. */
  public static String reason(ProblemException problem) {
    String body = problem.body().length() > TEXT_MAX ? problem.body().substring(0, TEXT_MAX) : problem.body();
    return problem.status() + ", " + Printable.of(problem.code().isEmpty()
        ? body.isBlank() ? "without a reason" : body : problem.code() + ": " + problem.detail());
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return Printable.of(message == null ? root.getClass().getSimpleName() : message);
  }
}
