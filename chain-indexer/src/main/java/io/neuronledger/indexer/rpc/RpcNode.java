package io.neuronledger.indexer.rpc;

import io.micrometer.core.instrument.MeterRegistry;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;

/**
 * One node behind one URL. Sends batches, smaller ones where the node refuses large ones. Each call ends within its
 * deadline. Not thread-safe.
 */
public final class RpcNode {
  private static final int HTTP_OK = 200;
  private static final int HTTP_TOO_MANY = 429;
  private static final int HTTP_UNAVAILABLE = 503;
  private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(5);

  private final URI url;
  private final String name;
  private final Optional<String> authorization;
  private final HttpClient http;
  private final RpcLimits limits;
  private final AdaptiveSize callsPerRequest;
  private final RpcMeters meters;

  public RpcNode(URI url, HttpClient http, RpcLimits limits, MeterRegistry registry) {
    this.url = url;
    // Keys of providers stand in path, query or user info: none of them goes to a log, a metric or a health page.
    this.name = url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    this.authorization = Optional.ofNullable(url.getUserInfo())
        .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    this.http = http;
    this.limits = limits;
    this.callsPerRequest = new AdaptiveSize(Math.min(100, limits.callsPerRequestMax()), limits.callsPerRequestMax());
    this.meters = new RpcMeters(registry, name);
  }

  /** Host and port: what people are told, without the credentials that a URL may hold. */
  public String name() {
    return name;
  }

  public RpcBatch batch() {
    return new RpcBatch(this);
  }

  /** One call by itself. */
  public <T> T call(RpcCall<T> call) {
    RpcBatch batch = batch();
    RpcAnswer<T> answer = batch.add(call);
    batch.send();
    return answer.get();
  }

  /** An answer of this node that contradicts another one of it, or the chain itself; counted. */
  public RpcFailure contradicts(String what) {
    meters.failed(RpcFailure.Kind.INCONSISTENT);
    return new RpcFailure(RpcFailure.Kind.INCONSISTENT, said(what));
  }

  void send(List<RpcAnswer<?>> answers, Optional<RpcPin<?>> pin) {
    int sizeBefore = callsPerRequest.current();
    boolean apart = false;
    int from = 0;
    while (from < answers.size()) {
      boolean together = pin.isPresent() && callsPerRequest.current() > 1;
      if (pin.isPresent() && !together && !apart) {
        exchangeAlone(pin.get());
        apart = true;
      }
      int room = callsPerRequest.current() - (together ? 1 : 0);
      List<RpcAnswer<?>> calls = new ArrayList<>(answers.subList(from, Math.min(from + room, answers.size())));
      int sent = calls.size();
      Optional<RpcPin.Asked<?>> pinned = together ? pin.map(RpcPin::asked) : Optional.empty();
      pinned.ifPresent(asked -> calls.add(asked.answer()));
      if (answered(calls, sizeBefore)) {
        pinned.ifPresent(RpcPin.Asked::check);
        from += sent;
      }
    }
    if (apart) {
      exchangeAlone(pin.orElseThrow());
    }
  }

  /**
   * @param sizeBefore how many calls went together before this batch
   * @return false where fewer are to be tried
   */
  private boolean answered(List<RpcAnswer<?>> calls, int sizeBefore) {
    try {
      exchange(calls);
      callsPerRequest.worked(calls.size());
      return true;
    } catch (RpcFailure failure) {
      meters.failed(failure.kind());
      if (!failure.kind().mayBeTooMuch()) {
        throw failure;
      }
      if (!callsPerRequest.failed(calls.size())) {
        if (failure.kind() == RpcFailure.Kind.ERROR) {
          // Refused by itself too: an old state, for example. That says nothing of how many calls go together.
          callsPerRequest.takeBack(sizeBefore);
        }
        throw failure;
      }
      meters.retriedSmaller(failure.kind());
      return false;
    }
  }

  private void exchangeAlone(RpcPin<?> pin) {
    RpcPin.Asked<?> asked = pin.asked();
    try {
      exchange(List.of(asked.answer()));
    } catch (RpcFailure failure) {
      meters.failed(failure.kind());
      throw failure;
    }
    asked.check();
  }

  private void exchange(List<RpcAnswer<?>> calls) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(limits.deadline())
        .header("Content-Type", "application/json").POST(BodyPublishers.ofString(RpcMessages.request(calls)));
    authorization.ifPresent(credentials -> request.header("Authorization", credentials));
    long start = System.nanoTime();
    HttpResponse<byte[]> response = answer(request.build());
    meters.requested(Duration.ofNanos(System.nanoTime() - start), calls.size());
    checkStatus(response);
    try {
      RpcMessages.read(response.body(), calls);
    } catch (JacksonException | IllegalArgumentException | IOException e) {
      throw new RpcFailure(RpcFailure.Kind.MALFORMED, said(RpcMessages.abbreviated(String.valueOf(e.getMessage()))), e);
    } catch (RpcFailure failure) {
      throw failure.by(name);
    }
  }

  /** The whole answer, body included, within the deadline: a body that trickles is no answer. */
  private HttpResponse<byte[]> answer(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> pending =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.answerBytesMax()));
    try {
      return pending.get(limits.deadline().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      pending.cancel(true);
      throw new RpcFailure(RpcFailure.Kind.DEADLINE, said("no answer within " + limits.deadline()), e);
    } catch (InterruptedException e) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw new RpcFailure(RpcFailure.Kind.UNREACHABLE, said("interrupted while waiting for it"), e);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    }
  }

  private RpcFailure failure(Throwable cause) {
    String reason =
        cause.getClass().getSimpleName() + " " + RpcMessages.abbreviated(String.valueOf(cause.getMessage()));
    RpcFailure.Kind kind = switch (cause) {
      case HttpConnectTimeoutException _ -> RpcFailure.Kind.UNREACHABLE;
      case ConnectException _ -> RpcFailure.Kind.UNREACHABLE;
      case HttpTimeoutException _ -> RpcFailure.Kind.DEADLINE;
      default -> RpcFailure.Kind.BROKEN_OFF;
    };
    return new RpcFailure(kind, said(reason), cause);
  }

  private void checkStatus(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == HTTP_OK) {
      return;
    }
    String text = "HTTP " + status + " "
        + RpcMessages.abbreviated(new String(response.body(), StandardCharsets.UTF_8).strip());
    Optional<Duration> retryAfter = response.headers().firstValue("Retry-After").flatMap(RpcNode::seconds);
    if (status == HTTP_TOO_MANY || (status == HTTP_UNAVAILABLE && retryAfter.isPresent())) {
      throw RpcFailure.throttled(said(text), retryAfter);
    }
    throw RpcFailure.status(status, said(text));
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

  private String said(String what) {
    return name + ": " + what;
  }
}
