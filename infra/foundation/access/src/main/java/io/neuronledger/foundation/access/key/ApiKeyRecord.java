package io.neuronledger.foundation.access.key;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A record of {@code ledger.api-keys.v1}: the newest state of an API key, or the publisher's sign of life. The Kafka
 * key is {@link #key}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ApiKeyRecord.Valid.class, name = "valid"),
    @JsonSubTypes.Type(value = ApiKeyRecord.Revoked.class, name = "revoked"),
    @JsonSubTypes.Type(value = ApiKeyRecord.SignOfLife.class, name = "sign-of-life")})
public sealed interface ApiKeyRecord {
  /** The key of the record in the compacted topic. */
  String key();

  /** The state of an API key. */
  sealed interface State extends ApiKeyRecord {
    String id();

    /** The sequence of the key's last event; a higher one is newer. */
    long revision();

    @Override
    default String key() {
      return id();
    }
  }

  /**
   * A key that was not revoked.
   *
   * @param owner the owner to whom {@link Scope#LEDGER_READ_OWN} is bound
   * @param provider the provider to whom {@link Scope#USAGE_WRITE} is bound
   * @param previous the secret before the last rotation
   * @param expiresAt the first instant at which the key is not good
   */
  record Valid(String id, long revision, Set<Scope> scopes, Optional<WalletAddress> owner,
      Optional<WalletAddress> provider, KeyHash hash, Optional<Previous> previous, Instant expiresAt)
      implements State {
    public Valid {
      scopes = Set.copyOf(scopes);
    }

    /** The hashes that are good now: none after the expiry. */
    List<KeyHash> hashes(Instant now) {
      if (!now.isBefore(expiresAt)) {
        return List.of();
      }
      Optional<KeyHash> before = previous.filter(each -> now.isBefore(each.expiresAt())).map(Previous::hash);
      return Stream.concat(Stream.of(hash), before.stream()).toList();
    }
  }

  /** @param expiresAt the first instant at which this secret is not good */
  record Previous(KeyHash hash, Instant expiresAt) {}

  /** A key that is not good any more, for ever. */
  record Revoked(String id, long revision) implements State {}

  /** @param at everything that was committed before is before this record in the topic; by the publisher's clock */
  record SignOfLife(Instant at) implements ApiKeyRecord {
    @Override
    public String key() {
      return "sign-of-life";
    }
  }
}
