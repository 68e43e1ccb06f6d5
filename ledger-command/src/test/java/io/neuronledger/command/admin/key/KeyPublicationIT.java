package io.neuronledger.command.admin.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.key.KeyTerms;
import io.neuronledger.command.publish.PublisherLeases;
import io.neuronledger.command.store.key.KeyStore;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.access.key.ApiKeyDirectory;
import io.neuronledger.foundation.access.key.KeyHasher;
import io.neuronledger.foundation.access.settings.ApiKeySettings;
import io.neuronledger.testkit.servers.ManualClock;
import io.neuronledger.testkit.servers.issuer.ApiKeyPublication;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The newest record of a key is its newest state, whoever publishes and however they end. */
class KeyPublicationIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final KeyHasher HASHER = new KeyHasher(new ApiKeySettings("A".repeat(44), ""));
  private static final Duration TICK = Duration.ofMillis(1);

  private final ManualClock clock = new ManualClock();
  private final CommandFixture fixture = CommandFixture.on(Servers.freshSchema(), 1);
  private final KeyStore store = new KeyStore(fixture.source(), clock);
  private final String transactionalId = "test-" + UUID.randomUUID();
  private ApiKeys keys;
  private int before;

  @BeforeEach
  void prepare() {
    new ApiKeyPublication(Servers.kafka()).close();
    before = KeyTopic.values().size();
    keys = new ApiKeys(store, HASHER, new SecureRandom(), clock, () -> { });
  }

  @AfterEach
  void stop() {
    store.close();
    fixture.close();
  }

  private String make() {
    Instant expiresAt = clock.instant().plus(Duration.ofDays(1));
    KeyTerms terms = new KeyTerms("a key", Set.of(Scope.ADMIN), Optional.empty(), Optional.empty());
    return keys.make(terms, expiresAt, Caller.LOCAL, "127.0.0.1").state().id();
  }

  private void revoke(String id) {
    keys.revoke(id, Caller.LOCAL, "127.0.0.1");
  }

  private KeyPublication turn() {
    return new KeyPublication(KeyTopic.producer(transactionalId), store, clock);
  }

  /** The records since the test began: of each its key and its type. */
  private List<String> published() {
    List<String> all = KeyTopic.values();
    return all.subList(before, all.size()).stream()
        .map(each -> each.replaceAll("^(\\S+) .*\"type\":\"([a-z-]+)\".*$", "$1 $2")).toList();
  }

  @Test
  void a_sign_of_life_comes_with_each_change_and_every_10_seconds() {
    try (KeyPublication turn = turn()) {
      turn.step();
      String sign = "sign-of-life sign-of-life";
      assertThat(published()).containsExactly(sign);
      clock.pass(ApiKeyDirectory.SIGN_INTERVAL.minus(TICK));
      turn.step();
      assertThat(published()).hasSize(1);
      clock.pass(TICK);
      turn.step();
      assertThat(published()).hasSize(2);
      String id = make();
      turn.step();
      turn.step();
      assertThat(published()).containsExactly(sign, sign, id + " valid", sign);
      assertThat(KeyTopic.values().getLast()).contains("\"at\":\"" + clock.instant() + "\"");
    }
  }

  @Test
  void a_new_turn_publishes_the_newest_state_of_every_key_once() {
    String revoked = make();
    String kept = make();
    revoke(revoked);
    for (int turns = 1; turns <= 2; turns++) {
      try (KeyPublication turn = turn()) {
        turn.step();
        turn.step();
      }
      List<String> all = published();
      assertThat(all.subList(3 * (turns - 1), all.size()))
          .containsExactly(revoked + " revoked", kept + " valid", "sign-of-life sign-of-life");
    }
  }

  /** One that was held up before it could publish what it had read. */
  @Test
  void who_was_replaced_publishes_nothing_more() {
    String id = make();
    try (KeyPublication first = turn(); KeyPublication second = turn()) {
      revoke(id);
      second.step();
      assertThatThrownBy(first::step).isInstanceOf(KafkaException.class);
      assertThat(published()).containsExactly(id + " revoked", "sign-of-life sign-of-life");
    }
  }

  /** The instance before is gone without a word. */
  @Test
  void another_instance_goes_on_when_the_lease_expires() {
    PublisherLeases dead = new PublisherLeases(fixture.jdbc(), "dead", Duration.ofSeconds(2));
    assertThat(dead.take(PublisherLeases.API_KEYS)).isTrue();
    String id = make();
    Duration leaseTime = Duration.ofSeconds(5);
    try (ApiKeyPublisher next = new ApiKeyPublisher(store, new PublisherLeases(fixture.jdbc(), "next", leaseTime),
        leaseTime, _ -> KeyTopic.producer(transactionalId), clock)) {
      next.start(() -> true);
      await().atMost(PATIENCE).until(() -> published().contains(id + " valid"));
      assertThat(dead.take(PublisherLeases.API_KEYS)).isFalse();
      revoke(id);
      next.wake();
      await().atMost(PATIENCE).until(() -> published().contains(id + " revoked"));
    }
    assertThat(dead.take(PublisherLeases.API_KEYS)).as("a lease is released at the end").isTrue();
  }

  @Test
  void a_key_changed_at_the_same_time_is_changed_once() {
    String id = make();
    try (KeyStore other = new KeyStore(fixture.source(), clock)) {
      ApiKeys elsewhere = new ApiKeys(other, HASHER, new SecureRandom(), clock, () -> { });
      assertThatThrownBy(() -> store.change(id, key -> {
        CompletableFuture.runAsync(() -> elsewhere.revoke(id, Caller.LOCAL, "127.0.0.1")).join();
        key.revoke(key.state().made());
        return key.state();
      })).isInstanceOf(ConcurrencyException.class);
      assertThat(store.from(0)).hasSize(2);
    }
  }
}
