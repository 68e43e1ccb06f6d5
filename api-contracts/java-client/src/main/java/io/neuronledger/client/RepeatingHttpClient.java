package io.neuronledger.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Sends each request with a token, again where that is safe, and throws a {@link ProblemException} for an answer of 400
 * or above, and an {@link UncheckedIOException} where there is none. An answer of 429 means that nothing was done, and
 * so does a connection that could not be made: such a request is always sent again. After any other lost answer, and
 * after 503, it is sent again only if it counts once. A request that is not below the service's address is an
 * {@link IllegalArgumentException}: nothing is known of it.
 *
 * @see Operations
 */
final class RepeatingHttpClient extends HttpClient {
  private static final int REFUSED = 400;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final Pattern HAS_MIN_TOKEN = Pattern.compile("(^|&)min_token=");

  private final String prefix;
  private final HttpClient http;
  private final TokenSource tokens;
  private final Retries retries;
  private final Optional<String> minToken;
  private final Consumer<Duration> pauses;
  private final RandomGenerator random;

  /**
   * @param prefix the path of the service's address, percent-encoded, without a slash at the end
   * @param minToken of the write that all reads have to see
   * @param pauses waits for so long
   */
  RepeatingHttpClient(String prefix, HttpClient http, TokenSource tokens, Retries retries, Optional<String> minToken,
      Consumer<Duration> pauses, RandomGenerator random) {
    this.prefix = prefix;
    this.http = http;
    this.tokens = tokens;
    this.retries = retries;
    this.minToken = minToken;
    this.pauses = pauses;
    this.random = random;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    boolean repeatable = Operations.isRepeatable(request.method(), Operations.path(prefix, request.uri()));
    Duration left = retries.waitMax();
    for (int repetition = 1;; repetition++) {
      boolean isLast = repetition > retries.repetitionsMax();
      Duration wait = delay(repetition);
      try {
        HttpResponse<T> response = http.send(prepared(request), timed(request, handler));
        if (response.statusCode() < REFUSED) {
          return response;
        }
        ProblemException problem = problem(request, response);
        wait = longer(wait, problem.retryAfter().orElse(Duration.ZERO));
        boolean undone = problem.status() == TOO_MANY || (problem.status() == UNAVAILABLE && repeatable);
        if (isLast || !undone || wait.compareTo(left) > 0) {
          throw problem;
        }
      } catch (IOException e) {
        boolean unsent = e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
        if (isLast || !(unsent || repeatable) || wait.compareTo(left) > 0) {
          throw new UncheckedIOException(request.method() + " " + request.uri() + " is not answered", e);
        }
      }
      pauses.accept(wait);
      left = left.minus(wait);
    }
  }

  /** Its body comes with the request's timeout for each part, if the handler has no patience of its own. */
  private static <T> BodyHandler<T> timed(HttpRequest request, BodyHandler<T> handler) {
    return answer -> {
      BodySubscriber<T> body = handler.apply(answer);
      return body instanceof TimedBody<T> ? body
          : new TimedBody<>(body, request.timeout().orElse(LedgerClient.ANSWER_TIMEOUT));
    };
  }

  private Duration delay(int repetition) {
    return Duration.ofNanos(random.nextLong(retries.delayMax(repetition).toNanos() + 1));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** The request with the token of this moment, and with that of the write which it has to see. */
  private HttpRequest prepared(HttpRequest request) {
    HttpRequest.Builder prepared = HttpRequest.newBuilder(request, (_, _) -> true);
    URI asked = request.uri();
    minToken.filter(_ -> Operations.takesMinToken(request.method(), Operations.path(prefix, asked)))
        .filter(_ -> asked.getRawQuery() == null || !HAS_MIN_TOKEN.matcher(asked.getRawQuery()).find())
        .ifPresent(token -> prepared.uri(
            URI.create(asked + (asked.getRawQuery() == null ? "?" : "&") + "min_token=" + token)));
    tokens.token().ifPresent(token -> prepared.setHeader("Authorization", "Bearer " + token));
    return prepared.build();
  }

  private static ProblemException problem(HttpRequest request, HttpResponse<?> response) throws IOException {
    String body = switch (response.body()) {
      case InputStream stream -> {
        try (stream) {
          yield new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
      case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
      case String text -> text;
      case null, default -> "";
    };
    return ProblemException.of(request.method(), request.uri(), response.statusCode(), body,
        response.headers().firstValue("Retry-After").filter(value -> value.matches("\\d{1,9}"))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))));
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return send(request, handler);
      } catch (IOException e) {
        throw new CompletionException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CompletionException(e);
      }
    }, task -> Thread.ofVirtual().start(task));
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler,
      @Nullable PushPromiseHandler<T> pushed) {
    return sendAsync(request, handler);
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return http.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return http.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return http.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return http.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return http.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return http.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return http.authenticator();
  }

  @Override
  public Version version() {
    return http.version();
  }

  @Override
  public Optional<Executor> executor() {
    return http.executor();
  }
}
