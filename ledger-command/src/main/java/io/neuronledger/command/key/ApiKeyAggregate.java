package io.neuronledger.command.key;

import io.neuronledger.foundation.access.key.KeyHash;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.jspecify.annotations.Nullable;

/** The Axon aggregate around {@link ApiKeyState}. */
@AggregateRoot(type = ApiKeyAggregate.TYPE)
public final class ApiKeyAggregate {
  static final String TYPE = "api-key";

  @AggregateIdentifier
  @SuppressWarnings("UnusedVariable") // Axon reads it
  private String stream = "";
  private @Nullable ApiKeyState state;

  /** For Axon, which fills it by replay. */
  ApiKeyAggregate() {}

  private ApiKeyAggregate(String id) {
    stream = streamOf(id);
  }

  /** A new key. */
  public static ApiKeyAggregate make(String id, KeyTerms terms, KeyHash hash, Instant expiresAt, AdminAct act) {
    ApiKeyAggregate made = new ApiKeyAggregate(id);
    AggregateLifecycle.apply(ApiKeyState.make(id, terms, hash, expiresAt, act));
    return made;
  }

  /** The name of the stream of the key with this id. */
  public static String streamOf(String id) {
    return TYPE + ":" + id;
  }

  public ApiKeyState state() {
    return Objects.requireNonNull(state);
  }

  public void rotate(KeyHash hash, Instant previousExpiresAt, Optional<Instant> expiresAt, AdminAct act) {
    AggregateLifecycle.apply(state().rotate(hash, previousExpiresAt, expiresAt, act));
  }

  public void revoke(AdminAct act) {
    state().revoke(act).forEach(AggregateLifecycle::apply);
  }

  @EventSourcingHandler
  void on(ApiKeyEvent event) {
    stream = streamOf(event.id());
    state = event instanceof ApiKeyEvent.ApiKeyMade made ? ApiKeyState.of(made) : state().evolve(event);
  }
}
