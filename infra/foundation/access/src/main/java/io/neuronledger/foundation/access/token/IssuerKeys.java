package io.neuronledger.foundation.access.token;

import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import io.neuronledger.foundation.access.settings.AccessSettings;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of an issuer, of an OIDC one found by its discovery document. Read when the first token comes, again
 * after five minutes or for an unknown key, and at most once in 30 seconds, whatever is sent; without an answer the
 * last keys are good for an hour. They are read on a thread of their own. Whoever begins that, or has a key that is not
 * among the last ones, waits for it, a second at most: an issuer that hangs holds nobody up for longer.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration BETWEEN_READS = Duration.ofSeconds(30);
  private static final Duration GOOD = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);
  private static final int DEADLINE_MS = 3_000;
  /** Of a whole read, which an issuer could draw out byte by byte; less than the time between two reads. */
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration WAIT_MAX = Duration.ofSeconds(1);
  private static final int BYTES_MAX = 256 << 10;

  private final String issuer;
  private final Optional<String> place;
  private final Clock clock;
  private final ResourceRetriever retriever = new DefaultResourceRetriever(DEADLINE_MS, DEADLINE_MS, BYTES_MAX);
  private volatile State state = new State(Optional.empty(), Instant.EPOCH, Instant.EPOCH);
  private volatile FutureTask<State> reading = new FutureTask<>(() -> state);

  /**
   * @param keys as last read; empty before
   * @param readAt when they were read
   * @param triedAt when that was begun last, with or without success; later than {@code readAt} while it goes on
   */
  private record State(Optional<JWKSet> keys, Instant readAt, Instant triedAt) {
    boolean isFresh(Instant now) {
      return keys.isPresent() && now.isBefore(readAt.plus(FRESH));
    }

    boolean isGood(Instant now) {
      return keys.isPresent() && now.isBefore(readAt.plus(GOOD));
    }

    boolean mayRead(Instant now) {
      return !now.isBefore(triedAt.plus(BETWEEN_READS));
    }

    boolean isReadMissing() {
      return triedAt.isAfter(readAt);
    }
  }

  /** The keys of an OIDC issuer. */
  IssuerKeys(String issuer, Clock clock) {
    this(issuer, Optional.empty(), clock);
  }

  /** @param place the URL of the keys; empty: the issuer's discovery document has it */
  IssuerKeys(String issuer, Optional<String> place, Clock clock) {
    this.issuer = issuer;
    this.place = place;
    this.clock = clock;
  }

  /**
   * @return the keys that may have signed a token; none if the issuer has no such key
   * @throws RemoteKeySourceException if that cannot be known, because the issuer does not answer
   */
  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws RemoteKeySourceException {
    if (!state.isFresh(clock.instant()) && beginIfDue()) {
      await();
    }
    List<JWK> known = select(selector);
    if (known.isEmpty()) {
      beginIfDue();
      await();
      known = select(selector);
    }
    if (known.isEmpty() && state.isReadMissing()) {
      throw new RemoteKeySourceException("the keys of " + issuer + " cannot be read", null);
    }
    return known;
  }

  private List<JWK> select(JWKSelector selector) {
    State now = state;
    return now.isGood(clock.instant()) ? selector.select(now.keys().orElseThrow()) : List.of();
  }

  /** Begins to read, if it is time to. @return whether this call has begun */
  private synchronized boolean beginIfDue() {
    Instant now = clock.instant();
    if (!state.mayRead(now)) {
      return false;
    }
    reading.cancel(true);
    state = new State(state.keys(), state.readAt(), now);
    FutureTask<State> next = new FutureTask<>(() -> read(now));
    reading = next;
    Thread.ofVirtual().name("issuer-keys").start(next);
    CompletableFuture.delayedExecutor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS).execute(() -> next.cancel(true));
    return true;
  }

  /** For a read that goes on; what has come of it is in the state. */
  private void await() {
    FutureTask<State> current = reading;
    if (state.isReadMissing()) {
      try {
        current.get(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException | CancellationException e) {
        log.debug("the keys of the issuer {} are not there yet", issuer, e);
      }
    }
  }

  private State read(Instant now) {
    try {
      String keys = retrieve(place.isPresent() ? place.get() : discovered());
      finish(new State(Optional.of(JWKSet.parse(keys)), now, now));
    } catch (IOException | ParseException | RuntimeException e) {
      log.warn("the keys of the issuer {} cannot be read: {}", issuer, e.toString());
    }
    return state;
  }

  private @Nullable String discovered() throws IOException, ParseException {
    Map<String, Object> document =
        JSONObjectUtils.parse(retrieve(issuer.replaceAll("/$", "") + "/.well-known/openid-configuration"));
    if (!issuer.equals(JSONObjectUtils.getString(document, "issuer"))) {
      throw new IOException("the discovery document names another issuer");
    }
    return JSONObjectUtils.getString(document, "jwks_uri");
  }

  /** Unless a later read was begun. */
  private synchronized void finish(State read) {
    if (!read.triedAt().isBefore(state.triedAt())) {
      state = read;
    }
  }

  private String retrieve(@Nullable String url) throws IOException {
    if (url == null || !AccessSettings.isTrusted(url)) {
      throw new IOException("not an https URL: " + url);
    }
    return retriever.retrieveResource(URI.create(url).toURL()).getContent();
  }
}
