package io.neuronledger.command.key;

import io.neuronledger.foundation.access.key.ApiKeyRecord;
import io.neuronledger.foundation.access.key.KeyHash;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An API key and its rules.
 *
 * @param revision the sequence of the last event
 * @param previous the secret before the last rotation
 */
public record ApiKeyState(String id, long revision, KeyTerms terms, KeyHash hash,
    Optional<ApiKeyRecord.Previous> previous, Instant expiresAt, AdminAct made, Optional<AdminAct> rotated,
    Optional<AdminAct> revoked) {
  /** A key is good for no longer than a leap year after it was made or rotated. */
  public static final Duration LIFE_MAX = Duration.ofDays(366);
  /** After a rotation the secret before is good for no longer. */
  public static final Duration OVERLAP_MAX = Duration.ofDays(30);

  /** What a key is at an instant. */
  public enum Status { ACTIVE, EXPIRED, REVOKED }

  /** @throws Refusal unless the expiry is after the act and at most {@link #LIFE_MAX} later */
  public static ApiKeyEvent.ApiKeyMade make(String id, KeyTerms terms, KeyHash hash, Instant expiresAt,
      AdminAct act) {
    requireLife(expiresAt, act);
    return new ApiKeyEvent.ApiKeyMade(id, terms, hash, expiresAt, act);
  }

  /**
   * Gives the key a new secret. The one before stays good until a stated time, at most until its own expiry; in the
   * past, it ends at once.
   *
   * @param newExpiry empty: as before
   * @throws Refusal if the key has ended, or a time is too late
   */
  public ApiKeyEvent.ApiKeyRotated rotate(KeyHash newHash, Instant previousExpiresAt, Optional<Instant> newExpiry,
      AdminAct act) {
    if (status(act.at()) != Status.ACTIVE) {
      throw new Refusal(ProblemCode.API_KEY_ENDED, "a key that has ended is not rotated: make a new one");
    }
    newExpiry.ifPresent(each -> requireLife(each, act));
    if (previousExpiresAt.isAfter(act.at().plus(OVERLAP_MAX))) {
      throw new Refusal(ProblemCode.MALFORMED_REQUEST, "previous_expires_at must be at most "
          + OVERLAP_MAX.toDays() + " days from now");
    }
    Instant notBeforeNow = previousExpiresAt.isBefore(act.at()) ? act.at() : previousExpiresAt;
    Instant previous = notBeforeNow.isBefore(expiresAt) ? notBeforeNow : expiresAt;
    return new ApiKeyEvent.ApiKeyRotated(id, newHash, previous, newExpiry.orElse(expiresAt), act);
  }

  /** No event for a key that is revoked. */
  public List<ApiKeyEvent> revoke(AdminAct act) {
    return revoked.isPresent() ? List.of() : List.of(new ApiKeyEvent.ApiKeyRevoked(id, act));
  }

  private static void requireLife(Instant expiresAt, AdminAct act) {
    if (!expiresAt.isAfter(act.at()) || expiresAt.isAfter(act.at().plus(LIFE_MAX))) {
      throw new Refusal(ProblemCode.MALFORMED_REQUEST, "expires_at must be in the future, and at most "
          + LIFE_MAX.toDays() + " days from now");
    }
  }

  /** The state after the first event of a key. */
  public static ApiKeyState of(ApiKeyEvent.ApiKeyMade event) {
    return new ApiKeyState(event.id(), 0, event.terms(), event.hash(), Optional.empty(), event.expiresAt(),
        event.act(), Optional.empty(), Optional.empty());
  }

  /** @throws IllegalStateException for a second first event */
  public ApiKeyState evolve(ApiKeyEvent event) {
    return switch (event) {
      case ApiKeyEvent.ApiKeyMade made -> throw new IllegalStateException("the key " + made.id() + " was made twice");
      case ApiKeyEvent.ApiKeyRotated rotation -> new ApiKeyState(id, revision + 1, terms, rotation.hash(),
          Optional.of(new ApiKeyRecord.Previous(hash, rotation.previousExpiresAt())), rotation.expiresAt(), made,
          Optional.of(rotation.act()), revoked);
      case ApiKeyEvent.ApiKeyRevoked revocation -> new ApiKeyState(id, revision + 1, terms, hash, previous, expiresAt,
          made, rotated, Optional.of(revocation.act()));
    };
  }

  public Status status(Instant now) {
    if (revoked.isPresent()) {
      return Status.REVOKED;
    }
    return now.isBefore(expiresAt) ? Status.ACTIVE : Status.EXPIRED;
  }

  /** What all services must know of it. */
  public ApiKeyRecord.State published() {
    return revoked.isPresent()
        ? new ApiKeyRecord.Revoked(id, revision)
        : new ApiKeyRecord.Valid(id, revision, terms.scopes(), terms.owner(), terms.provider(), hash, previous,
            expiresAt);
  }
}
