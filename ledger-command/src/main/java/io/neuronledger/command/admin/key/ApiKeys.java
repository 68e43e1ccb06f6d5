package io.neuronledger.command.admin.key;

import io.neuronledger.command.key.AdminAct;
import io.neuronledger.command.key.ApiKeyAggregate;
import io.neuronledger.command.key.ApiKeyState;
import io.neuronledger.command.key.KeyTerms;
import io.neuronledger.command.store.key.KeyStore;
import io.neuronledger.contracts.value.Excerpt;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.access.key.ApiKey;
import io.neuronledger.foundation.access.key.KeyHasher;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes, rotates and revokes API keys. Nobody gives a key more than they have. A caller with an API key manages none,
 * so that a stolen key cannot make itself a successor.
 */
public final class ApiKeys {
  private final KeyStore store;
  private final KeyHasher hasher;
  private final SecureRandom random;
  private final Clock clock;
  private final Runnable changed;

  /** @param changed called after each change of a key */
  public ApiKeys(KeyStore store, KeyHasher hasher, SecureRandom random, Clock clock, Runnable changed) {
    this.store = store;
    this.hasher = hasher;
    this.random = random;
    this.clock = clock;
    this.changed = changed;
  }

  /** A key whose secret is known for the last time. */
  record IssuedKey(ApiKey key, ApiKeyState state) {}

  /** @param from the address of the network from which the request came */
  IssuedKey make(KeyTerms terms, Instant expiresAt, Caller maker, String from) {
    requireNoKey(maker);
    requireHeld(terms, maker);
    ApiKey key = ApiKey.create(ApiKey.newId(random), random);
    AdminAct act = act(maker, from);
    ApiKeyState made = store.create(() ->
        ApiKeyAggregate.make(key.id(), terms, hasher.hash(key), expiresAt, act));
    changed.run();
    return new IssuedKey(key, made);
  }

  /** Whoever rotates a key learns its new secret, so they need as much as its maker. */
  IssuedKey rotate(String id, Instant previousExpiresAt, Optional<Instant> expiresAt, Caller maker, String from) {
    requireNoKey(maker);
    requireId(id);
    AdminAct act = act(maker, from);
    ApiKey key = ApiKey.create(id, random);
    ApiKeyState rotated = store.change(id, aggregate -> {
      requireHeld(aggregate.state().terms(), maker);
      aggregate.rotate(hasher.hash(key), previousExpiresAt, expiresAt, act);
      return aggregate.state();
    }).orElseThrow(() -> notFound(id));
    changed.run();
    return new IssuedKey(key, rotated);
  }

  ApiKeyState revoke(String id, Caller caller, String from) {
    requireNoKey(caller);
    requireId(id);
    AdminAct act = act(caller, from);
    ApiKeyState revoked = store.change(id, aggregate -> {
      aggregate.revoke(act);
      return aggregate.state();
    }).orElseThrow(() -> notFound(id));
    changed.run();
    return revoked;
  }

  ApiKeyState find(String id) {
    requireId(id);
    return store.find(id).orElseThrow(() -> notFound(id));
  }

  /**
   * In the order in which they were made.
   *
   * @param id of the last key of the page before
   * @throws Refusal if there is no such key
   */
  List<ApiKeyState> after(Optional<String> id) {
    List<ApiKeyState> all = List.copyOf(store.all());
    if (id.isEmpty()) {
      return all;
    }
    int at = all.stream().map(ApiKeyState::id).toList().indexOf(id.get());
    if (at < 0) {
      throw Refusal.parameter(ProblemCode.BAD_CURSOR, "cursor", "take cursor from next_cursor of a page of this list");
    }
    return all.subList(at + 1, all.size());
  }

  ApiKeyState.Status status(ApiKeyState key) {
    return key.status(clock.instant());
  }

  private AdminAct act(Caller caller, String from) {
    return new AdminAct(caller.subject(), from, clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private static void requireNoKey(Caller caller) {
    if (caller.credential() == Caller.Credential.API_KEY) {
      throw new Refusal(ProblemCode.API_KEY_MANAGES_NO_KEYS, "send a token of the issuer");
    }
  }

  private static void requireHeld(KeyTerms terms, Caller maker) {
    Set<Scope> missing = terms.notHeldBy(maker);
    if (!missing.isEmpty()) {
      throw new Refusal(ProblemCode.SCOPE_NOT_HELD, "the caller lacks, or has for somebody else only: "
          + missing.stream().map(Scope::tag).collect(Collectors.joining(", ")));
    }
  }

  private static void requireId(String id) {
    if (!ApiKey.isId(id)) {
      throw notFound(id);
    }
  }

  private static Refusal notFound(String id) {
    return new Refusal(ProblemCode.API_KEY_NOT_FOUND, "no API key has the id " + Excerpt.of(id));
  }
}
