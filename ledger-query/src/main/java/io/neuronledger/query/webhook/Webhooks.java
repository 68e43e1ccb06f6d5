package io.neuronledger.query.webhook;

import io.micrometer.core.instrument.Gauge;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.webhook.NewWebhook;
import io.neuronledger.contracts.view.webhook.NewWebhookSecret;
import io.neuronledger.contracts.view.webhook.WebhookDeliveriesPage;
import io.neuronledger.contracts.view.webhook.WebhookDeliveryView;
import io.neuronledger.contracts.view.webhook.WebhookMessageView;
import io.neuronledger.contracts.view.webhook.WebhookMessagesPage;
import io.neuronledger.contracts.view.webhook.WebhookView;
import io.neuronledger.contracts.view.webhook.WebhooksPage;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.events.EventPosition;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.webhook.delivery.Deliverer;
import io.neuronledger.query.webhook.delivery.DeliveryScheduler;
import io.neuronledger.query.webhook.delivery.MessageStore;
import io.neuronledger.query.webhook.delivery.StoredWebhook;
import io.neuronledger.query.webhook.delivery.WebhookSecrets;
import io.neuronledger.query.webhook.delivery.WebhookSettings;
import io.neuronledger.query.webhook.delivery.WebhookStore;
import io.neuronledger.query.webhook.sending.Attempt;
import io.neuronledger.query.webhook.sending.TargetUrl;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.kafka.common.KafkaException;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/** The webhooks of all callers. Each sees its own; administrators see and remove all of them. Thread-safe. */
public final class Webhooks implements AutoCloseable {
  /** The type of the message that shows whether a webhook works. */
  static final String TEST_TYPE = "webhook-test.v1";
  private static final String LIST = "webhooks1";
  private static final int CURSOR_PARTS = 2;
  /** Whatever else is asked for is none, and may be no text of the database. */
  private static final Pattern MESSAGE_ID = Pattern.compile("[a-z0-9-]{1,100}");
  private static final String MESSAGES = "webhook-messages1";
  private static final String DELIVERIES = "webhook-deliveries1";
  /** The most secrets that sign at the same time. */
  private static final int SECRETS_MAX = 5;

  private final Deliverer.Parts parts;
  private final WebhookSettings settings;
  private final DSLContext db;
  private final WebhookStore webhooks;
  private final MessageStore messages;
  private final Clock clock;
  private final TargetUrl urls;
  private final List<EventFeed> feeds;
  private final Deliverer deliverer;
  private final DeliveryScheduler deliveries;
  private final WebhookFeeder feeder;

  /**
   * @param source the connections of {@code parts}
   * @param beside the schema beside the generations, as SQL
   */
  public Webhooks(Deliverer.Parts parts, DataSource source, String beside, List<EventFeed> feeds,
      WebhookSettings settings) {
    this.parts = parts;
    this.settings = settings;
    this.db = parts.db();
    this.webhooks = parts.webhooks();
    this.messages = parts.messages();
    this.clock = parts.clock();
    this.urls = new TargetUrl(settings.allowHttp(), settings.addresses());
    this.feeds = List.copyOf(feeds);
    this.deliverer = new Deliverer(parts, settings);
    this.deliveries = new DeliveryScheduler(source, beside, deliverer, parts, settings);
    this.feeder = new WebhookFeeder(parts, feeds, deliverer, deliveries, settings.undeliveredMax());
    Gauge.builder("ledger.query.webhooks.undelivered", this::undelivered)
        .description("messages of webhooks that wait").register(parts.meters());
  }

  /** Begins to make messages and to send them. */
  public void start() {
    deliveries.start();
    feeder.start();
  }

  /** Ends what is being sent: it is sent again, by another instance or after the next start. */
  @Override
  public void close() {
    feeder.close();
    parts.client().close();
    deliveries.close();
  }

  private double undelivered() {
    try {
      return messages.pending(db);
    } catch (DataAccessException e) {
      return Double.NaN;
    }
  }

  /**
   * What a caller asks a webhook to be.
   *
   * @param owners whose events; none: those of all
   * @param ofOwner whether the request is about the one owner, to whom a credential may be bound
   * @param after {@code now}, {@code beginning}, or the id of an event
   */
  record Wanted(WebhookView.Feed feed, String url, String description, List<String> types, List<WalletAddress> owners,
      boolean ofOwner, String after) {}

  /** What a webhook is changed to; empty stays as it is. */
  record Change(Optional<String> url, Optional<String> description, Optional<List<String>> types,
      Optional<Boolean> enabled) {}

  /** The URL in its normal form; see {@link TargetUrl#parse}. */
  String url(String text) {
    return urls.parse(text);
  }

  /** A type that the events of the feed may have. */
  String type(WebhookView.Feed feed, String text) {
    if (!feedOf(feed).types().contains(text)) {
      throw new IllegalArgumentException("one of " + String.join(", ", feedOf(feed).sortedTypes()));
    }
    return text;
  }

  private EventFeed feedOf(WebhookView.Feed name) {
    return feeds.stream().filter(each -> each.name() == name).findFirst().orElseThrow();
  }

  NewWebhook make(Wanted wanted, Caller caller) {
    String position = position(wanted.feed(), wanted.after(),
        wanted.ofOwner() ? Optional.of(wanted.owners().getFirst()) : Optional.empty()).text(chainOf(wanted.feed()));
    StoredWebhook webhook = new StoredWebhook(UUID.randomUUID(), wanted.feed(), StoredWebhook.Maker.of(caller),
        wanted.url(), wanted.description(), wanted.types(), wanted.owners(), wanted.ofOwner(), position, now(),
        Optional.empty(), 0, Optional.empty(), Optional.empty(), Optional.empty());
    byte[] secret = parts.secrets().make();
    db.transaction(transaction -> {
      DSLContext inside = transaction.dsl();
      webhooks.lock(inside);
      requireRoom(webhook.maker(), inside);
      webhooks.add(webhook, inside);
      webhooks.addSecret(webhook.id(), parts.secrets().encrypted(webhook.id(), secret), now(), inside);
    });
    feeder.look();
    return new NewWebhook(WebhookSecrets.text(secret), webhook.view(0));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private long chainOf(WebhookView.Feed feed) {
    return feedOf(feed).tail().chainId();
  }

  private EventFeed startedFeed(WebhookView.Feed name) {
    EventFeed feed = feedOf(name);
    if (!feed.tail().isStarted()) {
      throw new Refusal(ProblemCode.EVENTS_UNAVAILABLE, "the topic of the events has not been read yet: ask again");
    }
    return feed;
  }

  private EventPosition position(WebhookView.Feed name, String after, Optional<WalletAddress> ofOwner) {
    EventFeed feed = startedFeed(name);
    try {
      return feed.position(after, ofOwner);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ProblemCode.MALFORMED_REQUEST, "after: " + e.getMessage());
    }
  }

  private void requireRoom(StoredWebhook.Maker maker, DSLContext inside) {
    if (webhooks.count(maker, inside) >= settings.ofCallerMax()) {
      throw new Refusal(ProblemCode.TOO_MANY_WEBHOOKS, "a caller has at most " + settings.ofCallerMax()
          + " webhooks: delete one");
    }
    boolean isWallet = maker.credential() == Caller.Credential.WALLET_TOKEN;
    int ofKind = isWallet ? webhooks.count(maker.credential(), inside) : 0;
    if (webhooks.count(inside) >= settings.max() || ofKind >= Math.max(1, settings.max() / 2)) {
      throw new Refusal(ProblemCode.TOO_MANY_WEBHOOKS, "the ledger has as many webhooks as it may have"
          + (isWallet ? ", or as many of wallets" : ""));
    }
  }

  /** The caller's own, newest first; those of all for an administrator. */
  WebhooksPage page(Page page, Caller caller) {
    Optional<List<String>> after = page.after(LIST, CURSOR_PARTS);
    Optional<Instant> createdAt = after.map(part -> Page.instant(part.getFirst()));
    Optional<UUID> id = after.map(part -> Page.uuid(part.getLast()));
    Optional<StoredWebhook.Maker> maker =
        isAdmin(caller) ? Optional.empty() : Optional.of(StoredWebhook.Maker.of(caller));
    List<StoredWebhook> found = webhooks.page(maker, createdAt, id, page.limit() + 1, db);
    List<WebhookView> shown = found.stream().limit(page.limit()).map(this::view).toList();
    return new WebhooksPage(shown, found.size() > shown.size(), found.size() > shown.size()
        ? Optional.of(Page.cursor(LIST, shown.getLast().createdAt().toString(), shown.getLast().id().toString()))
        : Optional.empty());
  }

  private WebhookView view(StoredWebhook webhook) {
    return webhook.view(messages.pending(webhook.id(), db));
  }

  WebhookView webhook(UUID id, Caller caller) {
    return view(requireSeen(id, caller));
  }

  /** One of another caller is not distinguishable from one that is not there. */
  private StoredWebhook requireSeen(UUID id, Caller caller) {
    return webhooks.find(id, db).filter(found -> isOf(found, caller) || isAdmin(caller))
        .orElseThrow(() -> notFound(id));
  }

  /** The caller's own, while its credential is good for the events. */
  private StoredWebhook requireOwn(UUID id, Caller caller) {
    StoredWebhook found = webhooks.find(id, db).filter(each -> isOf(each, caller)).orElseThrow(() -> notFound(id));
    if (!found.isFor(caller)) {
      throw new Refusal(ProblemCode.INSUFFICIENT_SCOPE, "the credential is no longer good for the events");
    }
    return found;
  }

  private static boolean isOf(StoredWebhook webhook, Caller caller) {
    return webhook.maker().equals(StoredWebhook.Maker.of(caller));
  }

  private static boolean isAdmin(Caller caller) {
    return caller.scopes().contains(Scope.ADMIN);
  }

  private static Refusal notFound(UUID id) {
    return new Refusal(ProblemCode.WEBHOOK_NOT_FOUND, "no webhook " + id + " of yours is there");
  }

  WebhookView change(UUID id, Function<WebhookView.Feed, Change> changes, Caller caller) {
    StoredWebhook found = requireOwn(id, caller);
    Change change = changes.apply(found.feed());
    db.transaction(transaction -> {
      DSLContext inside = transaction.dsl();
      StoredWebhook locked = webhooks.findLocked(id, inside).orElseThrow(() -> notFound(id));
      webhooks.change(id, change.url().orElse(locked.url()), change.description().orElse(locked.description()),
          change.types().orElse(locked.types()), inside);
      if (change.enabled().isPresent() && change.enabled().get()) {
        webhooks.enable(id, inside);
        messages.hurry(id, now(), inside);
      } else if (change.enabled().isPresent()) {
        var _ = webhooks.disable(id, WebhookView.Reason.REQUEST, now(), inside);
      }
    });
    feeder.look();
    deliveries.wake(id);
    return webhook(id, caller);
  }

  void remove(UUID id, Caller caller) {
    UUID seen = requireSeen(id, caller).id();
    db.transaction(transaction -> webhooks.remove(seen, now(), transaction.dsl()));
  }

  NewWebhookSecret rotate(UUID id, Caller caller) {
    requireOwn(id, caller);
    byte[] secret = parts.secrets().make();
    Instant now = now();
    Instant expires = now.plus(settings.secretOverlap());
    db.transaction(transaction -> {
      DSLContext inside = transaction.dsl();
      StoredWebhook locked = webhooks.findLocked(id, inside).orElseThrow(() -> notFound(id));
      if (webhooks.secrets(id, now, inside).size() >= SECRETS_MAX) {
        throw new Refusal(ProblemCode.TOO_MANY_SECRETS, "a webhook is signed by at most " + SECRETS_MAX
            + " secrets at the same time: wait until one expires");
      }
      webhooks.expireSecrets(id, expires, inside);
      webhooks.addSecret(id, parts.secrets().encrypted(locked.id(), secret), now, inside);
    });
    return new NewWebhookSecret(WebhookSecrets.text(secret), expires);
  }

  /** Sends a test message at once, also to a webhook that is disabled. */
  WebhookDeliveryView test(UUID id, Caller caller) {
    StoredWebhook found = requireOwn(id, caller);
    String message = "test-" + UUID.randomUUID();
    Attempt made = deliverer.test(found, message, TEST_TYPE, "{\"type\":\"" + TEST_TYPE + "\",\"timestamp\":\""
        + now() + "\",\"data\":{\"webhook\":\"" + id + "\"}}")
        .orElseThrow(() -> new Refusal(ProblemCode.EVENTS_UNAVAILABLE,
            "the service is ending: ask again"));
    requireSeen(id, caller);
    return new WebhookDeliveryView(message, TEST_TYPE, 1, made.at(), made.took().toMillis(), made.outcome(),
        made.status());
  }

  /** Sends again what comes after a position, under the same ids; what waits before it still comes first. */
  WebhookView replay(UUID id, String after, Caller caller) {
    StoredWebhook found = requireOwn(id, caller);
    return replay(found, position(found.feed(), after, ofOwner(found)), caller);
  }

  /** The same for what was recorded at a time or after it. */
  WebhookView replay(UUID id, Instant from, Caller caller) {
    StoredWebhook found = requireOwn(id, caller);
    if (from.isAfter(clock.instant())) {
      throw new Refusal(ProblemCode.MALFORMED_REQUEST, "from: nothing has been recorded in the future");
    }
    EventFeed feed = startedFeed(found.feed());
    try {
      return replay(found, feed.from(from, ofOwner(found)).orElseThrow(() ->
          new Refusal(ProblemCode.EVENTS_UNAVAILABLE, "others are being read: ask again")), caller);
    } catch (KafkaException e) {
      throw new Refusal(ProblemCode.EVENTS_UNAVAILABLE, "Kafka does not answer: ask again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(ProblemCode.EVENTS_UNAVAILABLE, "the service is ending: ask again");
    }
  }

  private static Optional<WalletAddress> ofOwner(StoredWebhook webhook) {
    return webhook.ofOwner() ? Optional.of(webhook.owners().getFirst()) : Optional.empty();
  }

  private WebhookView replay(StoredWebhook found, EventPosition asked, Caller caller) {
    UUID id = found.id();
    db.transaction(transaction -> {
      DSLContext inside = transaction.dsl();
      StoredWebhook locked = webhooks.findLocked(id, inside).orElseThrow(() -> notFound(id));
      EventPosition at = feedOf(found.feed()).stored(locked);
      for (int partition : at.partitions()) {
        if (asked.next(partition) < at.next(partition)) {
          at.move(partition, asked.next(partition));
          messages.forget(id, partition, asked.next(partition), inside);
        }
      }
      webhooks.place(id, at.text(chainOf(found.feed())), inside);
    });
    feeder.look();
    return webhook(id, caller);
  }

  WebhookMessagesPage messages(UUID id, MessagesFilter filter, Page page, Caller caller) {
    requireSeen(id, caller);
    List<MessageStore.Line<WebhookMessageView>> found =
        messages.messages(id, filter.states(), before(page, MESSAGES), page.limit() + 1, db);
    List<WebhookMessageView> shown = found.stream().limit(page.limit()).map(MessageStore.Line::view).toList();
    return new WebhookMessagesPage(shown, found.size() > shown.size(), next(found, page, MESSAGES));
  }

  WebhookDeliveriesPage deliveries(UUID id, Page page, Caller caller) {
    requireSeen(id, caller);
    List<MessageStore.Line<WebhookDeliveryView>> found =
        messages.deliveries(id, before(page, DELIVERIES), page.limit() + 1, db);
    List<WebhookDeliveryView> shown = found.stream().limit(page.limit()).map(MessageStore.Line::view).toList();
    return new WebhookDeliveriesPage(shown, found.size() > shown.size(), next(found, page, DELIVERIES));
  }

  private static long before(Page page, String list) {
    return page.after(list, 1).map(part -> {
      if (!part.getFirst().matches("[1-9]\\d{0,17}")) {
        throw Page.badCursor();
      }
      return Long.parseLong(part.getFirst());
    }).orElse(Long.MAX_VALUE);
  }

  private static <T> Optional<String> next(List<MessageStore.Line<T>> found, Page page, String list) {
    return found.size() > page.limit()
        ? Optional.of(Page.cursor(list, String.valueOf(found.get(page.limit() - 1).number()))) : Optional.empty();
  }

  /** Sends a dead letter again, at once if nothing of its owner waits before it. */
  WebhookMessageView retry(UUID id, String message, Caller caller) {
    requireOwn(id, caller);
    WebhookMessageView found = Optional.of(message).filter(text -> MESSAGE_ID.matcher(text).matches())
        .flatMap(text -> messages.find(id, text, db)).orElseThrow(Webhooks::messageNotFound);
    if (found.state() != WebhookMessageView.State.DEAD || !messages.retry(id, message, now(), db)) {
      throw new Refusal(ProblemCode.MESSAGE_NOT_DEAD, "only a message that was given up is sent again on request");
    }
    webhooks.resume(id, db);
    deliveries.wake(id);
    return messages.find(id, message, db).orElseThrow(Webhooks::messageNotFound);
  }

  private static Refusal messageNotFound() {
    return new Refusal(ProblemCode.MESSAGE_NOT_FOUND, "the webhook has no message of this id, or has it no longer");
  }
}
