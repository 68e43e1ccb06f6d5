package io.neuronledger.cli.operate.request;

import io.neuronledger.client.ProblemException;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sends what a command asks. What fails is a {@link CommandFailure} with one sentence: of a problem document its code,
 * its detail and the id of the request.
 */
public final class Requests {
  private Requests() {}

  /**
   * Asks a question, which changes nothing.
   *
   * @throws CommandFailure for anything but an answer
   */
  public static <T> T read(Supplier<T> request) {
    return sent(request, false);
  }

  /**
   * Has something changed.
   *
   * @throws CommandFailure for anything but an answer; its outcome is unknown where the request may have been done
   */
  public static <T> T change(Supplier<T> request) {
    return sent(request, true);
  }

  /** The same of a request whose answer is empty. */
  public static void change(Runnable request) {
    var _ = sent(() -> {
      request.run();
      return true;
    }, true);
  }

  /** Sends a request that no generated operation sends, through the client of a service. */
  public static <T> HttpResponse<T> send(HttpClient http, HttpRequest request, BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri() + " is not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.unknown("interrupted while waiting for " + request.uri());
    }
  }

  /** The same for a whole answer. */
  public static byte[] bytes(HttpClient http, HttpRequest request) {
    return send(http, request, BodyHandlers.ofByteArray()).body();
  }

  /** A request to a path of a service. */
  public static HttpRequest.Builder to(String service, String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(service + pathAndQuery));
  }

  private static <T> T sent(Supplier<T> request, boolean changes) {
    try {
      // The generated client answers null for a body without a value.
      return Optional.ofNullable(request.get())
          .orElseThrow(() -> unread("the service answers nothing", changes));
    } catch (ProblemException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
    } catch (UncheckedIOException e) {
      throw unanswered(e, changes);
    } catch (io.neuronledger.client.query.ApiException | io.neuronledger.client.command.ApiException
        | io.neuronledger.client.indexer.ApiException e) {
      throw unread("the service answers what its document does not describe: " + e.getMessage(), changes);
    } catch (IllegalStateException e) {
      // The client does not know the service, or a list does not end.
      throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
    }
  }

  private static CommandFailure unanswered(UncheckedIOException failure, boolean changes) {
    Throwable cause = Objects.requireNonNullElse(failure.getCause(), failure);
    String sentence = failure.getMessage() + ": "
        + Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    boolean isUnsent = cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
    return changes && !isUnsent ? unknown(sentence) : CommandFailure.failed(sentence, failure);
  }

  private static CommandFailure unread(String sentence, boolean changes) {
    return changes ? unknown(sentence) : CommandFailure.failed(sentence);
  }

  private static CommandFailure unknown(String sentence) {
    return CommandFailure.unknown(sentence + "; whether it was done is not known: look before you repeat it");
  }
}
