package io.neuronledger.foundation.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.access.settings.ApiKeySettings;
import io.neuronledger.testkit.servers.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** What a service knows of API keys, by what it has read and by its clock. */
class ApiKeyDirectoryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final WalletAddress OWNER = new WalletAddress("0x" + "a".repeat(40));
  private static final Duration TICK = Duration.ofMillis(1);

  private final ManualClock clock = new ManualClock();
  private final KeyHasher hasher = new KeyHasher(new ApiKeySettings("A".repeat(44), ""));
  private final ApiKeyDirectory directory = new ApiKeyDirectory(hasher, clock);
  private final ApiKey key = ApiKey.create("0123456789abcdef", new SecureRandom());
  private final ApiKey next = ApiKey.create("0123456789abcdef", new SecureRandom());

  private ApiKeyRecord.Valid valid(Instant expiresAt) {
    return new ApiKeyRecord.Valid(key.id(), 0, Set.of(Scope.LEDGER_READ_OWN), Optional.of(OWNER), Optional.empty(),
        hasher.hash(key), Optional.empty(), expiresAt);
  }

  private void sign() {
    directory.accept(new ApiKeyRecord.SignOfLife(clock.instant()));
  }

  private Caller caller(ApiKey sent) {
    return directory.authenticate(sent.reveal()).getPrincipal();
  }

  private void assertRefused(ApiKey sent, Class<? extends AuthenticationException> type) {
    assertThatThrownBy(() -> caller(sent)).isExactlyInstanceOf(type).hasMessageNotContaining(sent.reveal());
  }

  @Test
  void a_key_is_a_caller_with_what_was_published_of_it() {
    directory.accept(valid(NOW.plusSeconds(60)));
    sign();
    assertThat(caller(key)).isEqualTo(new Caller("nlk_0123456789abcdef", Caller.Credential.API_KEY,
        Set.of(Scope.LEDGER_READ_OWN), Optional.of(OWNER), Optional.empty()));
    assertRefused(next, InvalidBearerTokenException.class);
    assertRefused(ApiKey.create("f".repeat(16), new SecureRandom()), InvalidBearerTokenException.class);
  }

  @Test
  void the_use_of_a_key_is_told_only_if_it_was_accepted() {
    List<String> used = new ArrayList<>();
    ApiKeyDirectory told = new ApiKeyDirectory(hasher, clock, used::add);
    told.accept(valid(NOW.plusSeconds(60)));
    told.accept(new ApiKeyRecord.SignOfLife(clock.instant()));
    assertThatThrownBy(() -> told.authenticate(next.reveal())).isInstanceOf(InvalidBearerTokenException.class);
    assertThat(used).isEmpty();
    assertThat(told.authenticate(key.reveal()).isAuthenticated()).isTrue();
    assertThat(used).containsExactly(key.id());
  }

  @Test
  void a_key_ends_at_its_expiry() {
    directory.accept(valid(NOW.plusSeconds(20)));
    clock.pass(Duration.ofSeconds(20).minus(TICK));
    sign();
    assertThat(caller(key)).isNotNull();
    clock.pass(TICK);
    assertRefused(key, InvalidBearerTokenException.class);
  }

  @Test
  void the_caller_of_a_key_is_known_by_what_is_shown_of_it_while_it_is_good() {
    directory.accept(valid(NOW.plusSeconds(20)));
    assertThatThrownBy(() -> directory.callerOf(key.toString())).isInstanceOf(ApiKeysUnknown.class);
    sign();
    assertThat(directory.callerOf(key.toString())).contains(caller(key));
    for (String unknown : List.of(key.id(), ApiKey.shown("f".repeat(16)), "")) {
      assertThatThrownBy(() -> directory.callerOf(unknown)).as(unknown).isInstanceOf(ApiKeysUnknown.class);
    }
    clock.pass(Duration.ofSeconds(20));
    assertThat(directory.callerOf(key.toString())).as("expired").isEmpty();
    directory.accept(new ApiKeyRecord.Valid(key.id(), 1, Set.of(Scope.ADMIN), Optional.empty(), Optional.empty(),
        hasher.hash(next), Optional.empty(), NOW.plusSeconds(60)));
    assertThat(directory.callerOf(key.toString()).orElseThrow().scopes()).containsExactly(Scope.ADMIN);
    directory.accept(new ApiKeyRecord.Revoked(key.id(), 2));
    assertThat(directory.callerOf(key.toString())).isEmpty();
  }

  @Test
  void after_a_rotation_both_secrets_are_good_until_the_stated_time() {
    directory.accept(valid(NOW.plusSeconds(60)));
    directory.accept(new ApiKeyRecord.Valid(key.id(), 1, Set.of(Scope.ADMIN), Optional.empty(), Optional.empty(),
        hasher.hash(next), Optional.of(new ApiKeyRecord.Previous(hasher.hash(key), NOW.plusSeconds(20))),
        NOW.plusSeconds(60)));
    clock.pass(Duration.ofSeconds(20).minus(TICK));
    sign();
    assertThat(caller(key)).isEqualTo(caller(next));
    assertThat(directory.authenticate(key.reveal()).endsAt()).contains(NOW.plusSeconds(20));
    assertThat(directory.authenticate(next.reveal()).endsAt()).contains(NOW.plusSeconds(60));
    clock.pass(TICK);
    assertRefused(key, InvalidBearerTokenException.class);
    assertThat(caller(next).scopes()).containsExactly(Scope.ADMIN);
  }

  /** The topic is read from its beginning again after a failure. */
  @Test
  void a_revocation_stays_whatever_is_read_again() {
    directory.accept(valid(NOW.plusSeconds(60)));
    directory.accept(new ApiKeyRecord.Revoked(key.id(), 1));
    directory.accept(valid(NOW.plusSeconds(60)));
    sign();
    assertRefused(key, InvalidBearerTokenException.class);
  }

  /** A restored event store counts a key's revisions from the backup on. */
  @Test
  void a_revocation_counts_whatever_its_revision() {
    directory.accept(new ApiKeyRecord.Valid(key.id(), 3, Set.of(Scope.ADMIN), Optional.empty(), Optional.empty(),
        hasher.hash(key), Optional.empty(), NOW.plusSeconds(60)));
    directory.accept(new ApiKeyRecord.Revoked(key.id(), 2));
    sign();
    assertRefused(key, InvalidBearerTokenException.class);
  }

  @Test
  void without_news_there_is_no_verdict() {
    assertThat(directory.heardAt()).isEmpty();
    directory.accept(valid(NOW.plusSeconds(600)));
    assertRefused(key, ApiKeysUnknown.class);
    sign();
    clock.pass(Duration.ofSeconds(30).minus(TICK));
    assertThat(caller(key)).isNotNull();
    assertThat(directory.isFresh()).isTrue();
    clock.pass(TICK);
    assertRefused(key, ApiKeysUnknown.class);
    assertRefused(next, ApiKeysUnknown.class);
    assertThat(directory.isFresh()).isFalse();
    assertThat(directory.heardAt()).contains(NOW);
    assertThatThrownBy(() -> directory.authenticate("nlk_x")).isExactlyInstanceOf(InvalidBearerTokenException.class);
  }

  /** What was left in the topic when its publisher ended, and a publisher whose clock is ahead. */
  @Test
  void an_old_sign_of_life_is_no_news_and_one_from_the_future_lasts_no_longer() {
    directory.accept(valid(NOW.plusSeconds(600)));
    directory.accept(new ApiKeyRecord.SignOfLife(NOW.minusSeconds(30)));
    assertRefused(key, ApiKeysUnknown.class);
    directory.accept(new ApiKeyRecord.SignOfLife(NOW.plusSeconds(300)));
    assertThat(caller(key)).isNotNull();
    directory.accept(new ApiKeyRecord.SignOfLife(NOW.minusSeconds(30)));
    clock.pass(Duration.ofSeconds(30).minus(TICK));
    assertThat(caller(key)).isNotNull();
    clock.pass(TICK);
    assertRefused(key, ApiKeysUnknown.class);
  }

  @Test
  void a_key_of_which_something_cannot_be_read_is_none_until_its_next_record() {
    directory.accept(valid(NOW.plusSeconds(60)));
    sign();
    directory.forget(key.id());
    directory.forget("never-heard-of");
    assertRefused(key, InvalidBearerTokenException.class);
    directory.accept(valid(NOW.plusSeconds(60)));
    assertThat(caller(key)).isNotNull();
  }

  @Test
  void a_key_of_which_something_cannot_be_read_has_not_ended_unless_it_was_revoked() {
    sign();
    directory.forget(key.id());
    assertThatThrownBy(() -> directory.callerOf(key.toString())).as("not heard of before")
        .isInstanceOf(ApiKeysUnknown.class);
    directory.accept(valid(NOW.plusSeconds(60)));
    assertThat(directory.callerOf(key.toString())).isPresent();
    directory.forget(key.id());
    assertThatThrownBy(() -> directory.callerOf(key.toString())).isInstanceOf(ApiKeysUnknown.class);
    directory.accept(new ApiKeyRecord.Revoked(key.id(), 1));
    assertThat(directory.callerOf(key.toString())).isEmpty();
    directory.forget(key.id());
    assertThat(directory.callerOf(key.toString())).as("for ever").isEmpty();
  }

  @Test
  void signs_of_life_are_counted_where_they_are_news() {
    assertThat(directory.signs()).isZero();
    sign();
    assertThat(directory.signs()).isEqualTo(1);
    sign();
    directory.accept(new ApiKeyRecord.SignOfLife(NOW.minusSeconds(1)));
    directory.accept(valid(NOW.plusSeconds(60)));
    assertThat(directory.signs()).as("read again").isEqualTo(1);
    clock.pass(TICK);
    sign();
    assertThat(directory.signs()).isEqualTo(2);
  }
}
