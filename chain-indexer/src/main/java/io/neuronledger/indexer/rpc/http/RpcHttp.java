package io.neuronledger.indexer.rpc.http;

import io.neuronledger.indexer.rpc.call.RpcAnswer;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;

/** HTTP requests to one node, each complete within its deadline and its limits. */
public final class RpcHttp {
  private static final int HTTP_OK = 200;
  private static final int HTTP_TOO_MANY = 429;
  private static final int HTTP_UNAVAILABLE = 503;
  private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(5);

  /**
   * The JDK's message for a body that is longer than accepted. If it is not recognised, the request is repeated once in
   * vain.
   */
  private static final String TOO_LONG = "capacity";

  private final URI url;
  private final String name;
  private final Optional<String> authorization;
  private final HttpClient http;
  private final RpcLimits limits;
  private final RpcMeters meters;

  public RpcHttp(URI url, String name, HttpClient http, RpcLimits limits, RpcMeters meters) {
    this.url = url;
    this.name = name;
    this.authorization = Optional.ofNullable(url.getUserInfo())
        .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    this.http = http;
    this.limits = limits;
    this.meters = meters;
  }

  /**
   * Sends the calls in one request and fills their answers.
   *
   * @throws RpcFailure as {@link RpcMessages#read}
   */
  public void exchange(List<RpcAnswer<?>> calls) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(limits.deadline())
        .header("Content-Type", "application/json").header("Accept-Encoding", "identity")
        .POST(BodyPublishers.ofString(RpcMessages.request(calls)));
    authorization.ifPresent(credentials -> request.header("Authorization", credentials));
    long start = System.nanoTime();
    HttpResponse<byte[]> response = answer(request.build());
    meters.requested(Duration.ofNanos(System.nanoTime() - start), calls.size());
    try {
      byte[] body = ContentCoding.decoded(response.headers().firstValue("Content-Encoding").orElse("identity"),
          response.body(), limits.answerBytesMax());
      checkStatus(response, body);
      RpcMessages.read(body, calls);
    } catch (JacksonException | IllegalArgumentException | IOException e) {
      throw new RpcFailure(RpcFailure.Kind.MALFORMED,
          withName(RpcMessages.abbreviated(String.valueOf(e.getMessage()))), e);
    } catch (RpcFailure failure) {
      throw failure.by(name);
    }
  }

  /** The whole answer, body included, within the deadline: a slowly arriving body is not accepted. */
  private HttpResponse<byte[]> answer(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> pending =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.answerBytesMax()));
    try {
      return pending.get(limits.deadline().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      pending.cancel(true);
      throw new RpcFailure(RpcFailure.Kind.DEADLINE, withName("no answer within " + limits.deadline()), e);
    } catch (InterruptedException e) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw new RpcFailure(RpcFailure.Kind.UNREACHABLE, withName("interrupted while waiting for the answer"), e);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    }
  }

  private RpcFailure failure(Throwable cause) {
    String reason =
        cause.getClass().getSimpleName() + " " + RpcMessages.abbreviated(String.valueOf(cause.getMessage()));
    if (reason.contains(TOO_LONG)) {
      return RpcFailure.tooLong(withName(reason), cause);
    }
    RpcFailure.Kind kind = switch (cause) {
      case HttpConnectTimeoutException _ -> RpcFailure.Kind.UNREACHABLE;
      case ConnectException _ -> RpcFailure.Kind.UNREACHABLE;
      case HttpTimeoutException _ -> RpcFailure.Kind.DEADLINE;
      default -> RpcFailure.Kind.BROKEN_OFF;
    };
    return new RpcFailure(kind, withName(reason), cause);
  }

  private void checkStatus(HttpResponse<byte[]> response, byte[] body) {
    int status = response.statusCode();
    if (status == HTTP_OK) {
      return;
    }
    String text = "HTTP " + status + " "
        + RpcMessages.abbreviated(new String(body, StandardCharsets.UTF_8).strip());
    Optional<Duration> retryAfter = response.headers().firstValue("Retry-After").flatMap(RpcHttp::seconds);
    if (status == HTTP_TOO_MANY || (status == HTTP_UNAVAILABLE && retryAfter.isPresent())) {
      throw RpcFailure.throttled(text, retryAfter);
    }
    throw RpcFailure.status(status, text);
  }

  /** The header's number of seconds; its other form, a date, is rare and left to the backoff. */
  private static Optional<Duration> seconds(String retryAfter) {
    try {
      Duration asked = Duration.ofSeconds(Long.parseLong(retryAfter.strip()));
      return Optional.of(asked.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : asked);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private String withName(String what) {
    return name + ": " + what;
  }
}
