package io.neuronledger.command.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.access.key.ApiKeyRecord;
import io.neuronledger.foundation.access.key.KeyHash;
import io.neuronledger.foundation.problem.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Test;

/** Given what happened to a key, when somebody acts, then events; by Axon's fixture on the aggregate itself. */
class ApiKeyStateTest {
  private static final String ID = "0123456789abcdef";
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final Instant EXPIRY = NOW.plus(Duration.ofDays(10));
  private static final Duration TICK = Duration.ofMillis(1);
  private static final KeyHash FIRST = KeyHash.parse("A".repeat(43));
  private static final KeyHash SECOND = KeyHash.parse("B".repeat(42) + "A");
  private static final KeyHash THIRD = KeyHash.parse("C".repeat(42) + "A");
  private static final KeyTerms TERMS =
      new KeyTerms("nightly report", Set.of(Scope.FINANCE_READ), Optional.empty(), Optional.empty());
  private static final ApiKeyEvent MADE = new ApiKeyEvent.ApiKeyMade(ID, TERMS, FIRST, EXPIRY, act(NOW));

  private static AdminAct act(Instant at) {
    return new AdminAct("ann@example.com", "192.0.2.7", at);
  }

  private static ResultValidator<ApiKeyAggregate> whenMade(Instant expiresAt) {
    return new AggregateTestFixture<>(ApiKeyAggregate.class).givenNoPriorActivity()
        .whenConstructing(() -> ApiKeyAggregate.make(ID, TERMS, FIRST, expiresAt, act(NOW)));
  }

  private static ResultValidator<ApiKeyAggregate> when(Consumer<ApiKeyAggregate> action, ApiKeyEvent... given) {
    return new AggregateTestFixture<>(ApiKeyAggregate.class).given((Object[]) given)
        .whenInvoking(ApiKeyAggregate.streamOf(ID), action);
  }

  private static ApiKeyState state(ApiKeyEvent.ApiKeyMade made, ApiKeyEvent... more) {
    ApiKeyState state = ApiKeyState.of(made);
    for (ApiKeyEvent each : more) {
      state = state.evolve(each);
    }
    return state;
  }

  @Test
  void a_key_is_made_by_somebody_from_somewhere_for_a_year_at_most() {
    whenMade(EXPIRY).expectEvents(MADE);
    Instant longest = NOW.plus(ApiKeyState.LIFE_MAX);
    whenMade(longest).expectEvents(new ApiKeyEvent.ApiKeyMade(ID, TERMS, FIRST, longest, act(NOW)));
    whenMade(longest.plus(TICK)).expectException(Refusal.class).expectNoEvents();
    whenMade(NOW.plus(TICK)).expectEvents(new ApiKeyEvent.ApiKeyMade(ID, TERMS, FIRST, NOW.plus(TICK), act(NOW)));
    whenMade(NOW).expectException(Refusal.class).expectNoEvents();
  }

  @Test
  void a_rotation_keeps_the_secret_before_until_a_stated_time() {
    Instant later = NOW.plusSeconds(60);
    Instant overlap = later.plus(Duration.ofDays(1));
    when(key -> key.rotate(SECOND, overlap, Optional.empty(), act(later)), MADE)
        .expectEvents(new ApiKeyEvent.ApiKeyRotated(ID, SECOND, overlap, EXPIRY, act(later)));
    Instant newExpiry = later.plus(ApiKeyState.LIFE_MAX);
    when(key -> key.rotate(SECOND, Instant.EPOCH, Optional.of(newExpiry), act(later)), MADE)
        .expectEvents(new ApiKeyEvent.ApiKeyRotated(ID, SECOND, later, newExpiry, act(later)));
    when(key -> key.rotate(SECOND, later, Optional.of(newExpiry.plus(TICK)), act(later)), MADE)
        .expectException(Refusal.class).expectNoEvents();
    when(key -> key.rotate(SECOND, later, Optional.of(later), act(later)), MADE)
        .expectException(Refusal.class).expectNoEvents();
  }

  @Test
  void the_overlap_is_30_days_at_most_and_ends_with_the_expiry_that_the_secret_had() {
    Instant longest = NOW.plus(ApiKeyState.OVERLAP_MAX);
    Optional<Instant> newExpiry = Optional.of(NOW.plus(Duration.ofDays(100)));
    when(key -> key.rotate(SECOND, longest, newExpiry, act(NOW)), MADE)
        .expectEvents(new ApiKeyEvent.ApiKeyRotated(ID, SECOND, EXPIRY, newExpiry.orElseThrow(), act(NOW)));
    when(key -> key.rotate(SECOND, longest.plus(TICK), newExpiry, act(NOW)), MADE)
        .expectException(Refusal.class).expectNoEvents();
    when(key -> key.rotate(SECOND, EXPIRY.minus(TICK), newExpiry, act(NOW)), MADE).expectEvents(
        new ApiKeyEvent.ApiKeyRotated(ID, SECOND, EXPIRY.minus(TICK), newExpiry.orElseThrow(), act(NOW)));
  }

  @Test
  void a_key_that_has_ended_is_not_rotated() {
    when(key -> key.rotate(SECOND, NOW, Optional.empty(), act(EXPIRY.minus(TICK))), MADE).expectEvents(
        new ApiKeyEvent.ApiKeyRotated(ID, SECOND, EXPIRY.minus(TICK), EXPIRY, act(EXPIRY.minus(TICK))));
    when(key -> key.rotate(SECOND, NOW, Optional.of(EXPIRY.plusSeconds(60)), act(EXPIRY)), MADE)
        .expectException(Refusal.class).expectNoEvents();
    when(key -> key.rotate(SECOND, NOW, Optional.empty(), act(NOW)), MADE,
        new ApiKeyEvent.ApiKeyRevoked(ID, act(NOW))).expectException(Refusal.class).expectNoEvents();
  }

  @Test
  void a_key_is_revoked_once() {
    ApiKeyEvent revoked = new ApiKeyEvent.ApiKeyRevoked(ID, act(NOW));
    when(key -> key.revoke(act(NOW)), MADE).expectEvents(revoked);
    when(key -> key.revoke(act(EXPIRY)), MADE, revoked).expectNoEvents();
    when(key -> key.revoke(act(EXPIRY.plusSeconds(1))), MADE)
        .expectEvents(new ApiKeyEvent.ApiKeyRevoked(ID, act(EXPIRY.plusSeconds(1))));
  }

  @Test
  void what_is_published_is_the_newest_state() {
    ApiKeyEvent.ApiKeyMade made = (ApiKeyEvent.ApiKeyMade) MADE;
    ApiKeyEvent first = new ApiKeyEvent.ApiKeyRotated(ID, SECOND, NOW.plusSeconds(60), EXPIRY, act(NOW));
    ApiKeyEvent second = new ApiKeyEvent.ApiKeyRotated(ID, THIRD, NOW.plusSeconds(90), EXPIRY.plusSeconds(1), act(NOW));
    assertThat(state(made).published()).isEqualTo(new ApiKeyRecord.Valid(ID, 0, TERMS.scopes(), Optional.empty(),
        Optional.empty(), FIRST, Optional.empty(), EXPIRY));
    assertThat(state(made, first, second).published()).isEqualTo(new ApiKeyRecord.Valid(ID, 2, TERMS.scopes(),
        Optional.empty(), Optional.empty(), THIRD,
        Optional.of(new ApiKeyRecord.Previous(SECOND, NOW.plusSeconds(90))), EXPIRY.plusSeconds(1)));
    ApiKeyState revoked = state(made, first, new ApiKeyEvent.ApiKeyRevoked(ID, act(NOW)));
    assertThat(revoked.published()).isEqualTo(new ApiKeyRecord.Revoked(ID, 2));
    assertThat(revoked.status(NOW)).isEqualTo(ApiKeyState.Status.REVOKED);
    assertThat(state(made).status(EXPIRY.minus(TICK))).isEqualTo(ApiKeyState.Status.ACTIVE);
    assertThat(state(made).status(EXPIRY)).isEqualTo(ApiKeyState.Status.EXPIRED);
    assertThatThrownBy(() -> state(made, made)).isInstanceOf(IllegalStateException.class);
  }
}
