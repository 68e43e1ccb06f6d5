package io.neuronledger.command.key;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.neuronledger.foundation.access.key.KeyHash;
import java.time.Instant;

/** What happens to an API key. Stored in this service's event store; other services read the resulting state. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ApiKeyEvent.ApiKeyMade.class, name = "api-key-made.v1"),
    @JsonSubTypes.Type(value = ApiKeyEvent.ApiKeyRotated.class, name = "api-key-rotated.v1"),
    @JsonSubTypes.Type(value = ApiKeyEvent.ApiKeyRevoked.class, name = "api-key-revoked.v1")})
public sealed interface ApiKeyEvent {
  String id();

  /** Who, when, from where. */
  AdminAct act();

  /** @param expiresAt the first instant at which the key is not good */
  record ApiKeyMade(String id, KeyTerms terms, KeyHash hash, Instant expiresAt, AdminAct act)
      implements ApiKeyEvent {}

  /**
   * The key has a new secret.
   *
   * @param hash of the new secret
   * @param previousExpiresAt the first instant at which the secret before is not good; one before that one ends now
   * @param expiresAt the first instant at which the key is not good from now on
   */
  record ApiKeyRotated(String id, KeyHash hash, Instant previousExpiresAt, Instant expiresAt, AdminAct act)
      implements ApiKeyEvent {}

  /** The key is not good any more, for ever. */
  record ApiKeyRevoked(String id, AdminAct act) implements ApiKeyEvent {}
}
