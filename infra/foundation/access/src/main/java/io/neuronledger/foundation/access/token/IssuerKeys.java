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
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of an OIDC issuer, found by its discovery document. Read when the first token comes, again after five
 * minutes or for an unknown key, and at most once in 30 seconds, whatever is sent; without an answer the last keys are
 * good for an hour.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration BETWEEN_READS = Duration.ofSeconds(30);
  private static final Duration GOOD = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);
  private static final int DEADLINE_MS = 3_000;
  private static final int BYTES_MAX = 256 << 10;

  private final String issuer;
  private final Clock clock;
  private final ResourceRetriever retriever = new DefaultResourceRetriever(DEADLINE_MS, DEADLINE_MS, BYTES_MAX);
  private final ReentrantLock reading = new ReentrantLock();
  private volatile State state = new State(Optional.empty(), Instant.EPOCH, Instant.EPOCH);

  /**
   * @param keys as last read; empty before
   * @param readAt when they were read
   * @param triedAt when that was tried last, with or without success
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

    boolean lastReadFailed() {
      return triedAt.isAfter(readAt);
    }
  }

  IssuerKeys(String issuer, Clock clock) {
    this.issuer = issuer;
    this.clock = clock;
  }

  /**
   * @return the keys that may have signed a token; none if the issuer has no such key
   * @throws RemoteKeySourceException if that cannot be known, because the issuer does not answer
   */
  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws RemoteKeySourceException {
    if (!state.isFresh(clock.instant())) {
      readIfDue();
    }
    List<JWK> known = select(selector);
    if (known.isEmpty()) {
      readIfDue();
      known = select(selector);
    }
    if (known.isEmpty() && state.lastReadFailed()) {
      throw new RemoteKeySourceException("the keys of " + issuer + " cannot be read", null);
    }
    return known;
  }

  private List<JWK> select(JWKSelector selector) {
    State now = state;
    return now.isGood(clock.instant()) ? selector.select(now.keys().orElseThrow()) : List.of();
  }

  /** Whoever comes while another thread reads waits for its result. */
  private void readIfDue() {
    if (!state.mayRead(clock.instant())) {
      return;
    }
    reading.lock();
    try {
      Instant now = clock.instant();
      if (state.mayRead(now)) {
        state = read(now);
      }
    } finally {
      reading.unlock();
    }
  }

  private State read(Instant now) {
    try {
      Map<String, Object> document =
          JSONObjectUtils.parse(retrieve(issuer.replaceAll("/$", "") + "/.well-known/openid-configuration"));
      if (!issuer.equals(JSONObjectUtils.getString(document, "issuer"))) {
        throw new IOException("the discovery document names another issuer");
      }
      return new State(Optional.of(JWKSet.parse(retrieve(JSONObjectUtils.getString(document, "jwks_uri")))), now, now);
    } catch (IOException | ParseException e) {
      log.warn("the keys of the issuer {} cannot be read: {}", issuer, e.getMessage());
      return new State(state.keys(), state.readAt(), now);
    }
  }

  private String retrieve(@Nullable String url) throws IOException {
    if (url == null || !AccessSettings.isTrusted(url)) {
      throw new IOException("not an https URL: " + url);
    }
    return retriever.retrieveResource(URI.create(url).toURL()).getContent();
  }
}
