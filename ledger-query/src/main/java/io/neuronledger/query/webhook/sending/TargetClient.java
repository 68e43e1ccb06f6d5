package io.neuronledger.query.webhook.sending;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.neuronledger.contracts.view.webhook.WebhookDeliveryView.Outcome;
import io.neuronledger.query.webhook.sending.GuardedSockets.RefusedAddress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages in the form of Standard Webhooks. It follows no redirect, uses no proxy, keeps no cookie, has no
 * credential, and reads no byte of the answer's body. It speaks HTTP/1.1, in which a target can send no more than a
 * bounded head before somebody reads. Thread-safe.
 */
public final class TargetClient implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TargetClient.class);
  private static final MediaType JSON = Objects.requireNonNull(MediaType.parse("application/json"));
  private static final String AGENT = "neuron-ledger";
  private static final int OK_FROM = 200;
  private static final int OK_TO = 299;
  private static final int GONE = 410;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final int ADDRESSES_MAX = 4;
  private static final int IDLE_MAX = 20;
  private static final long IDLE_SECONDS = 30;
  private static final String SECONDS = "\\d{1,9}";
  private static final String RETRY_AFTER = "Retry-After";
  /** Where that is kept from OkHttp. */
  private static final String KEPT_RETRY_AFTER = "Kept-Retry-After";

  private final OkHttpClient http;
  private final Clock clock;
  private volatile boolean isClosed;

  /** Signed with the key of each secret, the newest first. */
  public record Message(String id, String body, List<byte[]> secrets) {
    public Message {
      secrets = List.copyOf(secrets);
    }
  }

  /**
   * @param connectTimeout for each address of a host
   * @param timeout from the look-up of the name to the status of the answer
   */
  public TargetClient(AddressRules addresses, Duration connectTimeout, Duration timeout, Clock clock) {
    this(addresses, connectTimeout, timeout, clock, Dns.SYSTEM);
  }

  TargetClient(AddressRules addresses, Duration connectTimeout, Duration timeout, Clock clock, Dns names) {
    this.clock = clock;
    this.http = new OkHttpClient.Builder().dns(host -> names.lookup(host).stream().limit(ADDRESSES_MAX).toList())
        .socketFactory(new GuardedSockets(addresses)).proxy(Proxy.NO_PROXY).followRedirects(false)
        .followSslRedirects(false).retryOnConnectionFailure(false).cookieJar(CookieJar.NO_COOKIES)
        .protocols(List.of(Protocol.HTTP_1_1)).addNetworkInterceptor(TargetClient::withoutFollowUp)
        .connectTimeout(connectTimeout).readTimeout(timeout).writeTimeout(timeout).callTimeout(timeout)
        .connectionPool(new ConnectionPool(IDLE_MAX, IDLE_SECONDS, TimeUnit.SECONDS)).build();
  }

  /**
   * Sends a message; returns when the status is known, or there will be none.
   *
   * @return empty if this was closed meanwhile: what became of it is unknown
   */
  public Optional<Attempt> send(String url, Message message) {
    Instant at = clock.instant();
    Request request = new Request.Builder().url(url)
        .post(RequestBody.create(message.body().getBytes(StandardCharsets.UTF_8), JSON))
        .header("User-Agent", AGENT)
        .header("webhook-id", message.id())
        .header("webhook-timestamp", String.valueOf(at.getEpochSecond()))
        .header("webhook-signature", signatures(message, at)).build();
    try (Response answer = http.newCall(request).execute()) {
      return Optional.of(new Attempt(at, since(at), outcome(answer.code()), false, OptionalInt.of(answer.code()),
          retryAfter(answer)));
    } catch (IOException e) {
      return notAnswered(at, outcome(e), isRefused(e));
    } catch (RuntimeException e) {
      // Whatever a target can make the client do wrong counts as an attempt: else it would be made again for ever.
      log.warn("a message could not be sent", e);
      return notAnswered(at, Outcome.NOT_CONNECTED, false);
    }
  }

  private Optional<Attempt> notAnswered(Instant at, Outcome outcome, boolean isAddressRefused) {
    return isClosed ? Optional.empty() : Optional.of(
        new Attempt(at, since(at), outcome, isAddressRefused, OptionalInt.empty(), Optional.empty()));
  }

  /** OkHttp sends a second time at once if 503 says so, and fails where the number is too large for it. */
  private static Response withoutFollowUp(Interceptor.Chain chain) throws IOException {
    Response answer = chain.proceed(chain.request());
    String asked = answer.header(RETRY_AFTER);
    Response.Builder kept = answer.newBuilder().removeHeader(RETRY_AFTER).removeHeader(KEPT_RETRY_AFTER);
    return (asked == null || !asked.matches(SECONDS) ? kept : kept.header(KEPT_RETRY_AFTER, asked)).build();
  }

  private Duration since(Instant at) {
    return Duration.between(at, clock.instant());
  }

  private static String signatures(Message message, Instant at) {
    List<String> signatures = new ArrayList<>();
    for (byte[] secret : message.secrets()) {
      try {
        signatures.add(new Webhook(secret).sign(message.id(), at.getEpochSecond(), message.body()));
      } catch (WebhookSigningException e) {
        throw new IllegalStateException("every Java platform has HmacSHA256", e);
      }
    }
    return String.join(" ", signatures);
  }

  private static Outcome outcome(int status) {
    if (status == GONE) {
      return Outcome.GONE;
    }
    return status >= OK_FROM && status <= OK_TO ? Outcome.DELIVERED : Outcome.REFUSED;
  }

  private static Outcome outcome(IOException failure) {
    if (isRefused(failure) || causes(failure).anyMatch(UnknownHostException.class::isInstance)) {
      return Outcome.UNKNOWN_HOST;
    }
    if (causes(failure).anyMatch(InterruptedIOException.class::isInstance)) {
      return Outcome.TIMEOUT;
    }
    return causes(failure).anyMatch(SSLException.class::isInstance) ? Outcome.TLS_FAILED : Outcome.NOT_CONNECTED;
  }

  private static boolean isRefused(IOException failure) {
    return causes(failure).anyMatch(RefusedAddress.class::isInstance);
  }

  /** Of a host with several addresses each has its failure. */
  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .flatMap(each -> Stream.concat(Stream.of(each), Stream.of(each.getSuppressed())));
  }

  private static Optional<Duration> retryAfter(Response answer) {
    if (answer.code() != TOO_MANY_REQUESTS && answer.code() != SERVICE_UNAVAILABLE) {
      return Optional.empty();
    }
    return Optional.ofNullable(answer.header(KEPT_RETRY_AFTER))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }

  /** Ends what is being sent. */
  @Override
  public void close() {
    isClosed = true;
    http.dispatcher().cancelAll();
    http.connectionPool().evictAll();
    http.dispatcher().executorService().shutdown();
  }
}
