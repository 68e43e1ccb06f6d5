package io.neuronledger.query.webhook.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.contracts.view.webhook.WebhookDeliveryView.Outcome;
import io.neuronledger.contracts.view.webhook.WebhookView;
import io.neuronledger.foundation.access.key.ApiKeyDirectory;
import io.neuronledger.query.webhook.delivery.MessageStore.DueMessage;
import io.neuronledger.query.webhook.sending.Attempt;
import io.neuronledger.query.webhook.sending.TargetClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the messages of a webhook, a turn at a time: one after the other, in order, and none of an owner whose message
 * before it waits. No transaction is open while one is sent. Thread-safe, for one turn of a webhook at a time.
 */
public final class Deliverer {
  private static final Logger log = LoggerFactory.getLogger(Deliverer.class);
  /** After so long, or so many messages, others have their turn. */
  private static final Duration TURN = Duration.ofSeconds(5);
  private static final int TURN_MESSAGES_MAX = 100;
  /** When a webhook without messages is looked at again, should nobody have asked for it. */
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration BUSY = Duration.ofSeconds(1);
  /** A target that takes longer holds its place as one does that fails. */
  private static final Duration SLOW = Duration.ofSeconds(1);
  /** A target that asks for more waits no longer than this. */
  private static final Duration RETRY_AFTER_MAX = Duration.ofHours(24);

  private final DSLContext db;
  private final WebhookStore webhooks;
  private final MessageStore messages;
  private final WebhookSecrets secrets;
  private final TargetClient client;
  private final MakerCheck makers;
  private final RetrySchedule retries;
  private final Duration disabledAfter;
  private final Clock clock;
  private final MeterRegistry meters;
  /** Half of the places: targets that do not answer, or slowly, leave the others to those that do. */
  private final Semaphore placesOfFailing;
  /** Those whose last attempt by this instance was slow, whatever became of it. */
  private final Set<UUID> slow = ConcurrentHashMap.newKeySet();

  /**
   * What deliveries are made of.
   *
   * @param db beside the generations, with a connection of its own for each statement or transaction
   */
  public record Parts(DSLContext db, WebhookStore webhooks, MessageStore messages, WebhookSecrets secrets,
      TargetClient client, MakerCheck makers, Clock clock, MeterRegistry meters) {}

  public Deliverer(Parts parts, WebhookSettings settings) {
    this.db = parts.db();
    this.webhooks = parts.webhooks();
    this.messages = parts.messages();
    this.secrets = parts.secrets();
    this.client = parts.client();
    this.makers = parts.makers();
    this.clock = parts.clock();
    this.meters = parts.meters();
    this.retries = new RetrySchedule(settings.retries(), Math::random);
    this.disabledAfter = settings.disabledAfter();
    this.placesOfFailing = new Semaphore(Math.max(1, settings.atOnce() / 2));
  }

  /**
   * Sends what is due, until others have their turn.
   *
   * @return when the next turn is due; empty if there is no such webhook
   */
  Optional<Instant> turn(UUID id) {
    Optional<StoredWebhook> found = webhooks.find(id, db);
    if (found.isEmpty()) {
      slow.remove(id);
      return Optional.empty();
    }
    if (found.get().failures() == 0 && !slow.contains(id)) {
      return turnOf(id);
    }
    if (!placesOfFailing.tryAcquire()) {
      return Optional.of(clock.instant().plus(BUSY));
    }
    try {
      return turnOf(id);
    } finally {
      placesOfFailing.release();
    }
  }

  private Optional<Instant> turnOf(UUID id) {
    Instant until = clock.instant().plus(TURN);
    for (int sent = 0; sent < TURN_MESSAGES_MAX; sent++) {
      Instant now = clock.instant();
      Optional<StoredWebhook> webhook = webhooks.find(id, db);
      if (webhook.isEmpty()) {
        return Optional.empty();
      }
      if (!webhook.get().isEnabled()) {
        return Optional.of(now.plus(IDLE));
      }
      if (webhook.get().pausedUntil().filter(now::isBefore).isPresent()) {
        return webhook.get().pausedUntil();
      }
      Optional<DueMessage> next = messages.next(id, now, db);
      if (next.isEmpty()) {
        return Optional.of(messages.nextDue(id, db).filter(due -> due.isBefore(now.plus(IDLE)))
            .orElse(now.plus(IDLE)));
      }
      if (now.isAfter(until)) {
        return Optional.of(now);
      }
      switch (check(webhook.get())) {
        case GOOD -> {
          if (!deliver(webhook.get(), next.get())) {
            return Optional.of(now);
          }
        }
        case UNKNOWN -> {
          return Optional.of(now.plus(ApiKeyDirectory.SIGN_INTERVAL));
        }
        case WAITS -> {
          return Optional.of(now.plus(BUSY));
        }
        case ENDED -> {
          return Optional.of(now.plus(IDLE));
        }
      }
    }
    return Optional.of(clock.instant());
  }

  /** Whether its maker's credential is still good for a webhook; if that has ended, it is disabled. */
  public MakerCheck.Result check(StoredWebhook webhook) {
    MakerCheck.Result result = makers.of(webhook);
    if (result == MakerCheck.Result.ENDED) {
      db.transaction(transaction ->
          disable(webhook.id(), WebhookView.Reason.CREDENTIAL, clock.instant(), transaction.dsl()));
    }
    return result;
  }

  /** False if the service ends: what became of it is unknown, and it is sent again. */
  private boolean deliver(StoredWebhook webhook, DueMessage message) {
    Optional<Attempt> attempt = send(webhook, message.id(), message.body());
    attempt.ifPresent(made -> {
      var _ = made.took().compareTo(SLOW) > 0 ? slow.add(webhook.id()) : slow.remove(webhook.id());
      db.transaction(transaction -> record(webhook, message, made, transaction.dsl()));
    });
    return attempt.isPresent();
  }

  /**
   * Sends a message that is not among those of the webhook, and adds it to the log of one that is still there.
   *
   * @return empty if the service ends
   */
  public Optional<Attempt> test(StoredWebhook webhook, String id, String type, String body) {
    Optional<Attempt> attempt = send(webhook, id, body);
    attempt.ifPresent(made -> db.transaction(transaction -> {
      if (webhooks.findLocked(webhook.id(), transaction.dsl()).isPresent()) {
        messages.log(webhook.id(), id, type, 1, made, transaction.dsl());
      }
    }));
    return attempt;
  }

  private Optional<Attempt> send(StoredWebhook webhook, String id, String body) {
    List<byte[]> keys = webhooks.secrets(webhook.id(), clock.instant(), db).stream()
        .flatMap(stored -> secrets.decrypted(webhook.id(), stored).stream()).toList();
    if (keys.isEmpty()) {
      throw new IllegalStateException("the webhook " + webhook.id()
          + " signs by no secret of this NEURON_LEDGER_WEBHOOKS_SECRET: its maker rotates it");
    }
    Optional<Attempt> attempt = client.send(webhook.url(), new TargetClient.Message(id, body, keys));
    attempt.ifPresent(made -> Counter.builder("ledger.query.webhooks.attempts").description("messages sent to webhooks")
        .tag("outcome", made.isAddressRefused() ? "address-not-allowed" : tag(made.outcome())).register(meters)
        .increment());
    return attempt;
  }

  private static String tag(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void record(StoredWebhook webhook, DueMessage message, Attempt made, DSLContext transaction) {
    UUID id = webhook.id();
    Instant now = clock.instant();
    Optional<StoredWebhook> found = webhooks.findLocked(id, transaction);
    if (found.isEmpty()) {
      return;
    }
    StoredWebhook current = found.get();
    int number = message.attempts() + 1;
    messages.log(id, message.id(), message.type(), number, made, transaction);
    if (made.outcome() == Outcome.DELIVERED) {
      messages.delivered(id, message.number(), now, transaction);
      webhooks.succeeded(id, now, transaction);
      return;
    }
    if (!current.url().equals(webhook.url()) || current.failures() != webhook.failures()
        || !current.failingSince().equals(webhook.failingSince())) {
      // It has another URL by now, or was enabled: what the one before did is nothing that it is judged by.
      messages.postponed(id, message.number(), now, transaction);
      return;
    }
    Optional<Duration> wait = retries.afterAttempts(number);
    if (wait.isPresent()) {
      messages.postponed(id, message.number(), now.plus(wait.get()), transaction);
    } else {
      messages.givenUp(id, message.number(), now, transaction);
      count("ledger.query.webhooks.dead", "messages of webhooks that were given up", "outcome", made.outcome());
    }
    webhooks.failed(id, now, now.plus(pause(current, made)), transaction);
    if (made.outcome() == Outcome.GONE) {
      disable(id, WebhookView.Reason.GONE, now, transaction);
    } else if (current.failingSince().filter(since -> !since.plus(disabledAfter).isAfter(now)).isPresent()) {
      disable(id, WebhookView.Reason.FAILING, now, transaction);
    } else if (wait.isEmpty() && messages.pending(id, transaction) == 0) {
      // Nothing is tried until the next event, maybe for weeks: that is no time in which it has failed.
      webhooks.forgetFailures(id, transaction);
    }
  }

  private Duration pause(StoredWebhook webhook, Attempt made) {
    Duration own = retries.afterFailures(webhook.failures() + 1);
    Duration asked = made.retryAfter().orElse(Duration.ZERO);
    Duration bounded = asked.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : asked;
    return bounded.compareTo(own) > 0 ? bounded : own;
  }

  private void disable(UUID id, WebhookView.Reason reason, Instant now, DSLContext transaction) {
    if (webhooks.disable(id, reason, now, transaction)) {
      log.warn("the webhook {} is disabled: {}", id, tag(reason));
      count("ledger.query.webhooks.disabled", "webhooks that were disabled by the service", "reason", reason);
    }
  }

  private void count(String name, String description, String tag, Enum<?> value) {
    Counter.builder(name).description(description).tag(tag, tag(value)).register(meters).increment();
  }
}
