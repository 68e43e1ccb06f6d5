package io.neuronledger.query.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.webhook.WebhookDeliveryView;
import io.neuronledger.contracts.view.webhook.WebhookMessageView;
import io.neuronledger.contracts.view.webhook.WebhookView;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.access.key.ApiKey;
import io.neuronledger.foundation.access.key.ApiKeyDirectory;
import io.neuronledger.foundation.access.key.ApiKeyRecord;
import io.neuronledger.foundation.access.key.KeyHash;
import io.neuronledger.foundation.access.key.KeyHasher;
import io.neuronledger.foundation.access.settings.ApiKeySettings;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.fixture.WebhookTarget;
import io.neuronledger.query.generation.Generations;
import io.neuronledger.query.webhook.delivery.MessageStore.NewMessage;
import io.neuronledger.query.webhook.sending.TargetClient;
import io.neuronledger.testkit.servers.ManualClock;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Turns of one webhook, with a clock that is moved, on a real database and a real target. */
class DelivererIT {
  private static final PostgresServer POSTGRES = PostgresServer.startTemporary();
  private static final ServiceDatabase DATABASE = POSTGRES.database("deliverer");
  private static final DSLContext DB =
      DSL.using(DATABASE.running().on(DATABASE.url()), SQLDialect.POSTGRES);
  private static final WalletAddress ALICE = Wallets.wallet(1);
  private static final WalletAddress BOB = Wallets.wallet(2);
  private static final String KEY = "0123456789abcdef";
  private static final Duration LAST_RETRY = Duration.ofHours(3);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  static {
    new Generations(DATABASE.running().on(DATABASE.url()), DATABASE.migrating().on(DATABASE.url()), "read_model")
        .migrate();
  }

  private final ManualClock clock = new ManualClock();
  private final WebhookTarget target = new WebhookTarget();
  private final WebhookSettings settings = new WebhookSettings(Base64.getEncoder().encodeToString(new byte[32]), "",
      true, List.of("127.0.0.0/8"), 10, 10, 10, 2, List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), LAST_RETRY),
      Duration.ofDays(5), Duration.ofDays(30), Duration.ofDays(1), Duration.ofSeconds(5), Duration.ofSeconds(5));
  private final String beside = "\"read_model_control\"";
  private final WebhookStore webhooks = new WebhookStore(beside);
  private final MessageStore messages = new MessageStore(beside);
  private final WebhookSecrets secrets = new WebhookSecrets(settings);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TargetClient client =
      new TargetClient(settings.addresses(), Duration.ofSeconds(5), Duration.ofSeconds(5), clock);
  private final ApiKeyDirectory keys =
      new ApiKeyDirectory(new KeyHasher(new ApiKeySettings("A".repeat(44), "")), clock);
  private final MakerCheck makers = new MakerCheck(false, keys);
  private final Deliverer.Parts parts =
      new Deliverer.Parts(DB, webhooks, messages, secrets, client, makers, clock, meters);
  private final Deliverer deliverer = new Deliverer(parts, settings);
  private final UUID id = UUID.randomUUID();

  @BeforeEach
  void make() {
    make(id, target.url());
  }

  private void make(UUID webhook, String url) {
    make(webhook, url, Caller.Credential.OIDC_TOKEN, "alice", List.of());
  }

  /** @param owners the one whose events it receives; none: those of all */
  private void make(UUID webhook, String url, Caller.Credential credential, String subject,
      List<WalletAddress> owners) {
    webhooks.add(new StoredWebhook(webhook, WebhookView.Feed.EVENTS, new StoredWebhook.Maker(credential, subject), url,
        "", List.of(), owners, !owners.isEmpty(), "beginning", START, Optional.empty(), 0,
        Optional.empty(), Optional.empty(), Optional.empty()), DB);
    webhooks.addSecret(webhook, secrets.encrypted(webhook, secrets.make()), START, DB);
  }

  @AfterEach
  void stop() {
    client.close();
    target.close();
  }

  @AfterAll
  static void stopServer() {
    POSTGRES.close();
  }

  private void add(WalletAddress owner, String... ids) {
    addTo(id, owner, ids);
  }

  private void addTo(UUID webhook, WalletAddress owner, String... ids) {
    messages.add(webhook, Stream.of(ids).map(each -> new NewMessage(each, 0, Long.parseLong(each.substring(1)),
        owner.value(), "x.v1", "{\"id\":\"" + each + "\"}")).toList(), clock.instant(), DB);
  }

  private StoredWebhook webhook() {
    return webhooks.find(id, DB).orElseThrow();
  }

  private WebhookMessageView.State state(String message) {
    return messages.find(id, message, DB).orElseThrow().state();
  }

  private void turn() {
    assertThat(deliverer.turn(id)).isPresent();
  }

  private double counted(String name, String tag, String value) {
    return Optional.ofNullable(meters.find(name).tag(tag, value).counter()).map(each -> each.count()).orElse(0d);
  }

  @Test
  void messages_are_sent_in_order_and_once() {
    add(ALICE, "m1", "m2");
    add(BOB, "m3");
    add(ALICE, "m4");
    turn();
    turn();
    assertThat(target.ids()).containsExactly("m1", "m2", "m3", "m4");
    assertThat(state("m4")).isEqualTo(WebhookMessageView.State.DELIVERED);
    assertThat(webhook().deliveredAt()).contains(START);
    assertThat(messages.deliveries(id, Long.MAX_VALUE, 10, DB)).extracting(line -> line.view().message())
        .containsExactly("m4", "m3", "m2", "m1");
    assertThat(counted("ledger.query.webhooks.attempts", "outcome", "delivered")).isEqualTo(4);
  }

  /** A message that the target refuses holds its owner's later ones, and nobody else's. */
  @Test
  void no_event_overtakes_one_of_its_owner() {
    target.answer(request -> request.id().equals("m1") ? 500 : 204);
    add(ALICE, "m1", "m2");
    add(BOB, "m3");
    turn();
    assertThat(target.ids()).containsExactly("m1", "m3");
    assertThat(state("m2")).isEqualTo(WebhookMessageView.State.PENDING);
    target.answer(_ -> 204);
    clock.pass(Duration.ofSeconds(6));
    turn();
    assertThat(target.ids()).containsExactly("m1", "m3", "m1", "m2");
  }

  @Test
  void after_its_last_attempt_a_message_is_given_up_and_the_next_one_comes() {
    target.answer(request -> request.id().equals("m1") ? 500 : 204);
    add(ALICE, "m1", "m2");
    for (Duration wait : List.of(Duration.ZERO, Duration.ofSeconds(6), Duration.ofMinutes(6))) {
      clock.pass(wait);
      turn();
      assertThat(state("m1")).isEqualTo(WebhookMessageView.State.PENDING);
    }
    clock.pass(LAST_RETRY.plusHours(1));
    turn();
    turn();
    clock.pass(RetrySchedule.PAUSE_MAX);
    turn();
    assertThat(target.ids()).containsExactly("m1", "m1", "m1", "m1", "m2");
    assertThat(state("m1")).isEqualTo(WebhookMessageView.State.DEAD);
    assertThat(state("m2")).isEqualTo(WebhookMessageView.State.DELIVERED);
    assertThat(counted("ledger.query.webhooks.dead", "outcome", "refused")).isEqualTo(1);
    target.answer(_ -> 204);
    assertThat(messages.retry(id, "m2", clock.instant(), DB)).as("it was delivered").isFalse();
    assertThat(messages.retry(id, "m1", clock.instant(), DB)).isTrue();
    turn();
    assertThat(state("m1")).isEqualTo(WebhookMessageView.State.DELIVERED);
  }

  /** One probe for each pause, however many messages wait. */
  @Test
  void a_target_that_is_down_is_asked_twice_and_then_seldom() {
    target.answer(_ -> 500);
    for (int i = 1; i <= 5; i++) {
      add(Wallets.wallet(i), "m" + i);
    }
    turn();
    turn();
    assertThat(target.ids()).containsExactly("m1", "m2");
    assertThat(webhook().pausedUntil()).hasValueSatisfying(until -> assertThat(until).isAfter(START));
    clock.pass(Duration.ofSeconds(6));
    turn();
    turn();
    assertThat(target.ids()).hasSize(3);
    target.answer(_ -> 204);
    clock.pass(Duration.ofMinutes(6));
    turn();
    assertThat(target.ids()).contains("m3", "m4", "m5");
    assertThat(webhook().failures()).isZero();
    assertThat(webhook().failingSince()).isEmpty();
  }

  @Test
  void a_busy_target_is_asked_again_when_it_says_so() {
    target.answer(_ -> 503);
    add(ALICE, "m1");
    turn();
    assertThat(webhook().pausedUntil()).contains(START.plus(Duration.ofHours(2)));
    target.answer(_ -> 204);
    clock.pass(Duration.ofHours(2).minusSeconds(1));
    turn();
    assertThat(target.ids()).hasSize(1);
    clock.pass(Duration.ofSeconds(1));
    turn();
    assertThat(target.ids()).hasSize(2);
  }

  @Test
  void a_target_that_is_gone_is_disabled_at_once_and_keeps_what_waits() {
    target.answer(_ -> 410);
    add(ALICE, "m1", "m2");
    turn();
    assertThat(webhook().disabled().map(WebhookView.Disabled::reason)).contains(WebhookView.Reason.GONE);
    clock.pass(Duration.ofDays(1));
    turn();
    assertThat(target.ids()).containsExactly("m1");
    assertThat(counted("ledger.query.webhooks.disabled", "reason", "gone")).isEqualTo(1);
    target.answer(_ -> 204);
    webhooks.enable(id, DB);
    messages.hurry(id, clock.instant(), DB);
    turn();
    assertThat(target.ids()).containsExactly("m1", "m1", "m2");
  }

  @Test
  void a_webhook_whose_attempts_all_fail_is_disabled_after_the_time_of_the_setting() {
    target.answer(_ -> 500);
    add(ALICE, "m1");
    turn();
    clock.pass(Duration.ofDays(5).minusSeconds(1));
    add(BOB, "m2");
    turn();
    assertThat(webhook().isEnabled()).isTrue();
    clock.pass(Duration.ofHours(2));
    turn();
    assertThat(webhook().disabled().map(WebhookView.Disabled::reason)).contains(WebhookView.Reason.FAILING);
    assertThat(counted("ledger.query.webhooks.disabled", "reason", "failing")).isEqualTo(1);
  }

  @Test
  void what_the_url_before_answers_is_logged_and_nothing_else() {
    try (WebhookTarget repaired = new WebhookTarget()) {
      target.answer(_ -> {
        webhooks.change(id, repaired.url(), "", List.of(), DB);
        return 410;
      });
      add(ALICE, "m1");
      turn();
      assertThat(target.ids()).containsExactly("m1");
      assertThat(repaired.ids()).containsExactly("m1");
    }
    assertThat(webhook().isEnabled()).isTrue();
    assertThat(state("m1")).isEqualTo(WebhookMessageView.State.DELIVERED);
    assertThat(messages.deliveries(id, Long.MAX_VALUE, 10, DB)).hasSize(2);
  }

  @Test
  void an_attempt_from_before_it_was_enabled_disables_nothing() {
    target.answer(_ -> 500);
    add(ALICE, "m1");
    turn();
    clock.pass(Duration.ofDays(6));
    target.answer(_ -> {
      webhooks.enable(id, DB);
      target.answer(_ -> 204);
      return 500;
    });
    turn();
    assertThat(webhook().isEnabled()).isTrue();
    assertThat(target.ids()).containsExactly("m1", "m1", "m1");
  }

  /** Each of two events fails, weeks apart: the webhook has not failed for weeks. */
  @Test
  void while_nothing_waits_a_webhook_does_not_fail() {
    target.answer(_ -> 500);
    add(ALICE, "m1");
    for (Duration wait : List.of(Duration.ZERO, Duration.ofSeconds(6), Duration.ofMinutes(6),
        LAST_RETRY.plusHours(1))) {
      clock.pass(wait);
      turn();
    }
    assertThat(state("m1")).isEqualTo(WebhookMessageView.State.DEAD);
    assertThat(webhook().failingSince()).isEmpty();
    assertThat(webhook().failures()).isZero();
    clock.pass(Duration.ofDays(20));
    add(ALICE, "m2");
    turn();
    assertThat(webhook().isEnabled()).isTrue();
    assertThat(webhook().failingSince()).contains(clock.instant());
  }

  /** The replay's message has the same id, and is another one. */
  @Test
  void what_is_replayed_while_it_is_sent_is_sent_again() {
    for (int status : List.of(204, 500)) {
      target.answer(_ -> {
        messages.forget(id, 0, 1, DB);
        add(ALICE, "m1");
        target.answer(_ -> 204);
        return status;
      });
      target.forget();
      add(ALICE, "m1");
      turn();
      assertThat(target.ids()).as("%s", status).containsExactly("m1", "m1");
      assertThat(messages.find(id, "m1", DB).orElseThrow().attempts()).as("%s", status).isEqualTo(1);
      messages.forget(id, 0, 1, DB);
    }
  }

  /** Of two places one is left to those that answer at once. */
  @Test
  void targets_that_are_slow_share_half_of_the_places() {
    UUID other = UUID.randomUUID();
    make(other, target.url("/other"));
    target.answer(_ -> {
      clock.pass(Duration.ofMillis(1_001));
      return 204;
    });
    add(ALICE, "m1");
    addTo(other, ALICE, "n1");
    turn();
    assertThat(deliverer.turn(other)).isPresent();
    target.answer(request -> {
      if (request.path().equals("/hook")) {
        assertThat(deliverer.turn(other)).isPresent();
      }
      return 204;
    });
    add(ALICE, "m2");
    addTo(other, ALICE, "n2");
    turn();
    assertThat(target.ids()).as("the other one had no place").containsExactly("m1", "n1", "m2");
    add(ALICE, "m3");
    turn();
    assertThat(target.ids()).as("and has one once this one is fast again")
        .containsExactly("m1", "n1", "m2", "n2", "m3");
  }

  @Test
  void a_target_that_fails_is_one_after_it_was_enabled() {
    target.answer(_ -> 500);
    add(ALICE, "m1");
    add(BOB, "m2");
    turn();
    assertThat(webhook().failures()).isEqualTo(2);
    webhooks.enable(id, DB);
    assertThat(webhook().failures()).isEqualTo(1);
    assertThat(webhook().failingSince()).isEmpty();
    assertThat(webhook().pausedUntil()).isEmpty();
    webhooks.succeeded(id, START, DB);
    webhooks.enable(id, DB);
    assertThat(webhook().failures()).isZero();
  }

  @Test
  void a_webhook_that_is_removed_while_it_is_tested_has_no_log() {
    target.answer(_ -> {
      webhooks.remove(id, clock.instant(), DB);
      return 204;
    });
    assertThat(deliverer.test(webhook(), "test-1", "webhook-test.v1", "{}")).isPresent();
    assertThat(messages.deliveries(id, Long.MAX_VALUE, 10, DB)).isEmpty();
  }

  /** Between sending and recording: another instance sends it again, under the same id. */
  @Test
  void what_was_sent_and_not_recorded_is_sent_again_under_its_id() {
    add(ALICE, "m1");
    target.answer(_ -> {
      // The process ends here, as far as the database knows.
      client.close();
      return 204;
    });
    turn();
    assertThat(target.ids()).contains("m1");
    if (state("m1") == WebhookMessageView.State.PENDING) {
      target.answer(_ -> 204);
      try (TargetClient next = new TargetClient(settings.addresses(), Duration.ofSeconds(5), Duration.ofSeconds(5),
          clock)) {
        assertThat(new Deliverer(new Deliverer.Parts(DB, webhooks, messages, secrets, next, makers, clock, meters),
            settings).turn(id)).isPresent();
      }
      assertThat(target.ids()).containsExactly("m1", "m1");
    }
    assertThat(state("m1")).isEqualTo(WebhookMessageView.State.DELIVERED);
  }

  private void key(long revision, Set<Scope> scopes, Instant expiresAt) {
    keys.accept(new ApiKeyRecord.Valid(KEY, revision, scopes, Optional.of(ALICE), Optional.empty(),
        KeyHash.parse("A".repeat(43)), Optional.empty(), expiresAt));
    keysKnown();
  }

  private void keysKnown() {
    keys.accept(new ApiKeyRecord.SignOfLife(clock.instant()));
  }

  /** So that the newest news of the keys have come for sure. */
  private void newsOfKeys() {
    for (int i = 0; i < 2; i++) {
      clock.pass(Duration.ofSeconds(1));
      keysKnown();
    }
  }

  private UUID madeByKey(List<WalletAddress> owners) {
    UUID made = UUID.randomUUID();
    make(made, target.url(), Caller.Credential.API_KEY, ApiKey.shown(KEY), owners);
    return made;
  }

  private Optional<WebhookView.Reason> turnOf(UUID webhook) {
    assertThat(deliverer.turn(webhook)).isPresent();
    return webhooks.find(webhook, DB).orElseThrow().disabled().map(WebhookView.Disabled::reason);
  }

  @Test
  void what_a_key_has_made_is_sent_nothing_once_it_is_revoked_and_says_why() {
    key(0, Set.of(Scope.EVENTS_SUBSCRIBE), START.plus(Duration.ofDays(1)));
    UUID made = madeByKey(List.of());
    addTo(made, ALICE, "m1");
    assertThat(turnOf(made)).isEmpty();
    keys.accept(new ApiKeyRecord.Revoked(KEY, 1));
    addTo(made, ALICE, "m2");
    assertThat(turnOf(made)).as("until the newest news of the keys have come for sure").isEmpty();
    clock.pass(Duration.ofSeconds(1));
    keysKnown();
    assertThat(turnOf(made)).as("what was on its way before").isEmpty();
    clock.pass(Duration.ofSeconds(1));
    keysKnown();
    assertThat(turnOf(made)).contains(WebhookView.Reason.CREDENTIAL);
    assertThat(target.ids()).containsExactly("m1");
    assertThat(messages.find(made, "m2", DB).orElseThrow().state()).isEqualTo(WebhookMessageView.State.PENDING);
    assertThat(counted("ledger.query.webhooks.disabled", "reason", "credential")).isEqualTo(1);
  }

  @Test
  void what_a_key_has_made_ends_with_its_expiry_and_goes_on_where_it_was_once_it_is_good_and_enabled() {
    key(0, Set.of(Scope.LEDGER_READ_OWN), START.plus(Duration.ofSeconds(10)));
    UUID made = madeByKey(List.of(ALICE));
    addTo(made, ALICE, "m1");
    assertThat(turnOf(made)).isEmpty();
    clock.pass(Duration.ofSeconds(10));
    keysKnown();
    addTo(made, ALICE, "m2");
    assertThat(turnOf(made)).isEmpty();
    newsOfKeys();
    assertThat(turnOf(made)).contains(WebhookView.Reason.CREDENTIAL);
    assertThat(target.ids()).containsExactly("m1");
    key(1, Set.of(Scope.LEDGER_READ_OWN), START.plus(Duration.ofDays(1)));
    webhooks.enable(made, DB);
    assertThat(turnOf(made)).isEmpty();
    assertThat(target.ids()).containsExactly("m1", "m2");
  }

  @Test
  void a_key_that_is_good_for_one_owner_only_is_not_for_what_is_sent_of_all() {
    key(0, Set.of(Scope.LEDGER_READ_OWN), START.plus(Duration.ofDays(1)));
    UUID ofAll = madeByKey(List.of());
    UUID ofBob = madeByKey(List.of(BOB));
    addTo(ofAll, ALICE, "m1");
    addTo(ofBob, BOB, "m2");
    assertThat(turnOf(ofAll)).isEmpty();
    assertThat(turnOf(ofBob)).isEmpty();
    newsOfKeys();
    assertThat(turnOf(ofAll)).contains(WebhookView.Reason.CREDENTIAL);
    assertThat(turnOf(ofBob)).contains(WebhookView.Reason.CREDENTIAL);
    assertThat(target.ids()).isEmpty();
  }

  @Test
  void while_the_keys_are_not_known_what_they_have_made_waits_and_is_not_disabled() {
    key(0, Set.of(Scope.EVENTS_SUBSCRIBE), START.plus(Duration.ofDays(1)));
    UUID made = madeByKey(List.of());
    clock.pass(ApiKeyDirectory.SILENCE_MAX);
    addTo(made, ALICE, "m1");
    assertThat(turnOf(made)).isEmpty();
    assertThat(target.ids()).isEmpty();
    keysKnown();
    assertThat(turnOf(made)).isEmpty();
    assertThat(target.ids()).containsExactly("m1");
  }

  /** A key may be of a later version, whose record this instance cannot read. */
  @Test
  void what_a_key_has_made_of_which_nothing_is_known_waits_and_is_not_disabled() {
    keysKnown();
    UUID made = madeByKey(List.of());
    addTo(made, ALICE, "m1");
    for (int i = 0; i < 3; i++) {
      assertThat(turnOf(made)).isEmpty();
      newsOfKeys();
    }
    assertThat(target.ids()).isEmpty();
    key(0, Set.of(Scope.EVENTS_SUBSCRIBE), START.plus(Duration.ofDays(1)));
    assertThat(turnOf(made)).isEmpty();
    assertThat(target.ids()).containsExactly("m1");
  }

  @Test
  void a_webhook_without_a_message_to_send_is_not_looked_at_again_because_its_key_is_not_known() {
    UUID made = madeByKey(List.of());
    Instant idle = START.plus(Duration.ofMinutes(1));
    assertThat(deliverer.turn(made)).as("without a message").contains(idle);
    addTo(made, ALICE, "m1");
    assertThat(deliverer.turn(made)).as("with one").contains(START.plus(ApiKeyDirectory.SIGN_INTERVAL));
    Instant later = START.plus(Duration.ofHours(1));
    DB.execute("UPDATE read_model_control.webhook SET paused_until = {0}::timestamptz WHERE id = {1}::uuid",
        later.toString(), made.toString());
    assertThat(deliverer.turn(made)).as("paused").contains(later);
  }

  /** Its maker may make it go on with a key that is good again; if nobody has, it goes. */
  @Test
  void what_has_ended_with_its_key_is_removed_after_its_time_and_does_not_count_as_undelivered() {
    long before = messages.pending(DB);
    addTo(id, ALICE, "m1");
    UUID ended = madeByKey(List.of());
    addTo(ended, ALICE, "m2");
    assertThat(messages.pending(DB)).isEqualTo(before + 2);
    assertThat(webhooks.disable(id, WebhookView.Reason.FAILING, START, DB)).isTrue();
    assertThat(webhooks.disable(ended, WebhookView.Reason.CREDENTIAL, START, DB)).isTrue();
    assertThat(messages.pending(DB)).isEqualTo(before + 1);
    clock.pass(Duration.ofDays(30));
    DeliveryScheduler.remove(parts, Duration.ofDays(30));
    assertThat(webhooks.find(ended, DB)).isPresent();
    clock.pass(Duration.ofMillis(1));
    DeliveryScheduler.remove(parts, Duration.ofDays(30));
    assertThat(webhooks.find(ended, DB)).isEmpty();
    assertThat(messages.find(ended, "m2", DB)).isEmpty();
    assertThat(webhooks.secrets(ended, clock.instant(), DB)).isEmpty();
    assertThat(webhooks.find(id, DB)).as("disabled for another reason").isPresent();
  }

  @Test
  void what_a_token_has_made_outlives_it_and_what_nobody_has_made_ends_where_credentials_are_asked_for() {
    UUID wallets = UUID.randomUUID();
    make(wallets, target.url(), Caller.Credential.WALLET_TOKEN, ALICE.value(), List.of(ALICE));
    UUID nobodys = UUID.randomUUID();
    make(nobodys, target.url(), Caller.Credential.NONE, "local", List.of());
    clock.pass(Duration.ofDays(1));
    add(ALICE, "m1");
    addTo(wallets, ALICE, "m2");
    addTo(nobodys, ALICE, "m3");
    assertThat(turnOf(id)).isEmpty();
    assertThat(turnOf(wallets)).isEmpty();
    assertThat(turnOf(nobodys)).contains(WebhookView.Reason.CREDENTIAL);
    assertThat(target.ids()).containsExactly("m1", "m2");
    assertThat(new MakerCheck(true, keys).of(webhooks.find(nobodys, DB).orElseThrow()))
        .isEqualTo(MakerCheck.Result.GOOD);
  }

  @Test
  void both_secrets_sign_until_the_one_before_expires() {
    byte[] second = secrets.make();
    webhooks.expireSecrets(id, START.plus(Duration.ofHours(24)), DB);
    webhooks.addSecret(id, secrets.encrypted(id, second), START, DB);
    clock.pass(Duration.ofHours(24).minusSeconds(1));
    add(ALICE, "m1");
    turn();
    clock.pass(Duration.ofSeconds(1));
    add(ALICE, "m2");
    turn();
    assertThat(target.received().stream()
        .map(each -> each.headers().getOrDefault("webhook-signature", List.of("")).getFirst().split(" ", -1).length))
        .containsExactly(2, 1);
  }

  @Test
  void a_webhook_that_is_removed_has_no_more_turns() {
    add(ALICE, "m1");
    int count = webhooks.count(DB);
    long pending = messages.pending(DB);
    webhooks.remove(id, clock.instant(), DB);
    assertThat(deliverer.turn(id)).isEmpty();
    assertThat(target.ids()).isEmpty();
    assertThat(webhooks.findLocked(id, DB)).isEmpty();
    assertThat(webhooks.enabled(DB)).noneMatch(each -> each.id().equals(id));
    assertThat(webhooks.count(DB)).isEqualTo(count - 1);
    assertThat(messages.pending(DB)).isEqualTo(pending - 1);
    assertThat(webhooks.secrets(id, clock.instant(), DB)).isEmpty();
  }

  /** More of them than are removed by one statement. */
  @Test
  void the_messages_of_a_webhook_that_is_removed_go_before_its_row() {
    add(ALICE, "m1");
    turn();
    DB.execute("INSERT INTO read_model_control.webhook_message (webhook, id, event_partition, event_seq, owner, type,"
        + " state, attempts, created_at) SELECT {0}::uuid, 'n' || n, 0, n, '', 'x.v1', 'delivered', 1, now()"
        + " FROM generate_series(1, 5000) n", id.toString());
    webhooks.end(id, DB);
    assertThat(webhooks.find(id, DB)).as("it was not removed").isPresent();
    webhooks.remove(id, clock.instant(), DB);
    assertThat(webhooks.removed(DB)).contains(id);
    messages.removeAll(id, DB);
    assertThat(messages.find(id, "m1", DB)).isEmpty();
    assertThat(messages.messages(id, List.of(), Long.MAX_VALUE, 10, DB)).isEmpty();
    assertThat(messages.deliveries(id, Long.MAX_VALUE, 10, DB)).isEmpty();
    webhooks.end(id, DB);
    assertThat(webhooks.removed(DB)).doesNotContain(id);
  }

  @Test
  void what_was_delivered_is_sent_again_when_it_is_added_again_and_what_waits_is_not_moved() {
    add(ALICE, "m1", "m2");
    turn();
    add(BOB, "m3");
    messages.forget(id, 0, 3, DB);
    assertThat(messages.find(id, "m3", DB)).as("it waited").isEmpty();
    messages.forget(id, 0, 1, DB);
    assertThat(state("m1")).isEqualTo(WebhookMessageView.State.DELIVERED);
    add(BOB, "m3");
    add(ALICE, "m1", "m2");
    add(BOB, "m3");
    turn();
    assertThat(target.ids()).containsExactly("m1", "m2", "m3", "m1", "m2");
    assertThat(state("m1")).isEqualTo(WebhookMessageView.State.DELIVERED);
    assertThat(messages.find(id, "m1", DB).orElseThrow().attempts()).isEqualTo(1);
  }

  @Test
  void what_has_ended_is_removed_after_its_time_and_what_waits_is_not() {
    add(ALICE, "m1");
    turn();
    add(ALICE, "m2");
    Instant ended = clock.instant();
    assertThat(messages.remove(ended, DB)).isFalse();
    assertThat(messages.find(id, "m1", DB)).isPresent();
    assertThat(messages.remove(ended.plusMillis(1), DB)).isFalse();
    assertThat(messages.find(id, "m1", DB)).isEmpty();
    assertThat(messages.find(id, "m2", DB)).isPresent();
    assertThat(messages.deliveries(id, Long.MAX_VALUE, 10, DB)).isEmpty();
  }

  @Test
  void a_test_is_in_the_log_and_changes_nothing_else() {
    target.answer(_ -> 500);
    assertThat(deliverer.test(webhook(), "test-1", "webhook-test.v1", "{}")).isPresent();
    assertThat(webhook().failures()).isZero();
    assertThat(messages.deliveries(id, Long.MAX_VALUE, 10, DB)).extracting(MessageStore.Line::view)
        .extracting(WebhookDeliveryView::outcome).containsExactly(WebhookDeliveryView.Outcome.REFUSED);
    assertThat(messages.pending(id, DB)).isZero();
  }
}
