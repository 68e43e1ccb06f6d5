package io.neuronledger.foundation.access.key;

import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.CallerAuthentication;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * All API keys, as this service has heard of them, in memory. Without a sign of life of their publisher for {@link
 * #SILENCE_MAX} no key is verified.
 */
public final class ApiKeyDirectory {
  /** How often the publisher looks for changes, at the least. */
  public static final Duration CHANGE_INTERVAL = Duration.ofSeconds(1);
  /** How often the publisher gives a sign of life. */
  public static final Duration SIGN_INTERVAL = Duration.ofSeconds(10);
  /** Three signs of life. */
  public static final Duration SILENCE_MAX = Duration.ofSeconds(30);

  private final KeyHasher hasher;
  private final Clock clock;
  private final Consumer<String> uses;
  private final Map<String, ApiKeyRecord.State> keys = new ConcurrentHashMap<>();
  /** The ids of keys whose newest record cannot be read. */
  private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
  private volatile Instant heardAt = Instant.EPOCH;
  private volatile long signs;

  public ApiKeyDirectory(KeyHasher hasher, Clock clock) {
    this(hasher, clock, _ -> { });
  }

  /** @param uses receives the id of each key that was accepted; returns at once */
  public ApiKeyDirectory(KeyHasher hasher, Clock clock, Consumer<String> uses) {
    this.hasher = hasher;
    this.clock = clock;
    this.uses = uses;
  }

  /** Takes in a record; one that is older than what is known changes nothing, unless it revokes the key. */
  public void accept(ApiKeyRecord record) {
    switch (record) {
      case ApiKeyRecord.State state -> {
        if (state.equals(keys.merge(state.id(), state, (known, next) -> isOlder(next, known) ? known : next))) {
          unreadable.remove(state.id());
        }
      }
      case ApiKeyRecord.SignOfLife sign -> heard(sign.at());
    }
  }

  /** After a restore of the event store revisions are counted anew, and a revocation must not get lost. */
  private static boolean isOlder(ApiKeyRecord.State next, ApiKeyRecord.State known) {
    return !(next instanceof ApiKeyRecord.Revoked) && next.revision() < known.revision();
  }

  /** A sign from the future, by a clock that is ahead, counts from now on. */
  private synchronized void heard(Instant at) {
    Instant now = clock.instant();
    Instant heard = at.isBefore(now) ? at : now;
    if (heard.isAfter(heardAt)) {
      heardAt = heard;
      signs = signs + 1;
    }
  }

  /**
   * Its newest record cannot be read: what is known of this key cannot be trusted any more. Until its next record no
   * request is accepted with it, and nothing is said of whether it has ended; but a revocation stays one.
   */
  void forget(String id) {
    if (ApiKey.isId(id) && !(keys.get(id) instanceof ApiKeyRecord.Revoked)) {
      unreadable.add(id);
    }
  }

  /** Whether the keys are known as they were less than {@link #SILENCE_MAX} ago. */
  public boolean isFresh() {
    return clock.instant().isBefore(heardAt.plus(SILENCE_MAX));
  }

  /** As of when the keys are known; empty before the first sign of life. */
  public Optional<Instant> heardAt() {
    return Optional.of(heardAt).filter(Instant.EPOCH::isBefore);
  }

  /** How many signs of life were news, since this instance has started: what is before each in the topic is known. */
  public long signs() {
    return signs;
  }

  /**
   * The caller with this key.
   *
   * @throws InvalidBearerTokenException if it is no key, or an unknown, revoked or expired one
   * @throws ApiKeysUnknown if that cannot be known at present
   */
  public CallerAuthentication authenticate(String text) {
    ApiKey key = ApiKey.parse(text).orElseThrow(ApiKeyDirectory::invalid);
    if (!isFresh()) {
      throw new ApiKeysUnknown();
    }
    if (!unreadable.contains(key.id()) && keys.get(key.id()) instanceof ApiKeyRecord.Valid valid
        && hasher.isAmong(key, valid.hashes(clock.instant()))) {
      uses.accept(key.id());
      return new CallerAuthentication(caller(valid), Optional.of(endOf(valid, key)));
    }
    throw invalid();
  }

  /**
   * The caller with the key of an id, for what goes on without a request: as whom it would be accepted now.
   *
   * @param shown what may be shown of the key, {@code nlk_<id>}
   * @return empty if it was revoked or has expired
   * @throws ApiKeysUnknown if that cannot be known at present, also because nothing was heard of this key, or its
   *     newest record cannot be read
   */
  public Optional<Caller> callerOf(String shown) {
    String id = shown.startsWith(ApiKey.PREFIX) ? shown.substring(ApiKey.PREFIX.length()) : "";
    ApiKeyRecord.State known = keys.get(id);
    if (!isFresh() || known == null || unreadable.contains(id)) {
      throw new ApiKeysUnknown();
    }
    return known instanceof ApiKeyRecord.Valid valid && !valid.hashes(clock.instant()).isEmpty()
        ? Optional.of(caller(valid)) : Optional.empty();
  }

  /** A secret that was rotated away ends before its key. */
  private Instant endOf(ApiKeyRecord.Valid valid, ApiKey key) {
    return valid.previous().filter(before -> hasher.isAmong(key, List.of(before.hash())))
        .map(ApiKeyRecord.Previous::expiresAt).filter(valid.expiresAt()::isAfter).orElse(valid.expiresAt());
  }

  private static Caller caller(ApiKeyRecord.Valid valid) {
    return new Caller(ApiKey.shown(valid.id()), Caller.Credential.API_KEY, valid.scopes(), valid.owner(),
        valid.provider());
  }

  private static InvalidBearerTokenException invalid() {
    return new InvalidBearerTokenException("not a valid API key");
  }
}
