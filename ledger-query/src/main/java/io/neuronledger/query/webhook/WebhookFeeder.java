package io.neuronledger.query.webhook;

import static io.neuronledger.foundation.partitionlog.TopicJson.MAPPER;

import io.neuronledger.contracts.view.webhook.WebhookView;
import io.neuronledger.query.events.Chunk;
import io.neuronledger.query.events.EventPosition;
import io.neuronledger.query.events.PublicEvent;
import io.neuronledger.query.webhook.delivery.Deliverer;
import io.neuronledger.query.webhook.delivery.DeliveryScheduler;
import io.neuronledger.query.webhook.delivery.MakerCheck;
import io.neuronledger.query.webhook.delivery.MessageStore;
import io.neuronledger.query.webhook.delivery.MessageStore.NewMessage;
import io.neuronledger.query.webhook.delivery.StoredWebhook;
import io.neuronledger.query.webhook.delivery.WebhookStore;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes messages of events, on a thread of its own until closed: those of a chunk, and the webhook's position after
 * them, in one transaction. Every instance does; who comes later finds the position moved, and adds nothing. A webhook
 * with as many waiting messages as it may have is passed over until half of them are gone: the topic keeps its events.
 */
final class WebhookFeeder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebhookFeeder.class);
  private static final long IDLE_MILLIS = 1_000;
  /** What comes within it is looked at together. */
  private static final long TOGETHER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  /** A position is stored after so many events at the latest, though none of them is wanted. */
  private static final long PASSED_MAX = 1_000;

  private final DSLContext db;
  private final WebhookStore webhooks;
  private final MessageStore messages;
  private final Map<WebhookView.Feed, EventFeed> feeds = new HashMap<>();
  private final Deliverer deliverer;
  private final MakerCheck makers;
  private final DeliveryScheduler deliveries;
  private final int undeliveredMax;
  private final Clock clock;
  private final Map<UUID, Cursor> cursors = new HashMap<>();
  /** Those for which the last round could not make messages. */
  private final Set<UUID> failed = new HashSet<>();
  private final Semaphore news = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("webhook-feeder").unstarted(this::run);
  /** When full webhooks are counted again: what drains within it is looked at together. */
  private Instant nextCount = Instant.MIN;
  private volatile boolean isClosed;

  /** @param undeliveredMax the most messages of one webhook that wait */
  WebhookFeeder(Deliverer.Parts parts, List<EventFeed> feeds, Deliverer deliverer, DeliveryScheduler deliveries,
      int undeliveredMax) {
    this.db = parts.db();
    this.webhooks = parts.webhooks();
    this.messages = parts.messages();
    feeds.forEach(feed -> this.feeds.put(feed.name(), feed));
    this.deliverer = deliverer;
    this.makers = parts.makers();
    this.deliveries = deliveries;
    this.undeliveredMax = undeliveredMax;
    this.clock = parts.clock();
  }

  /**
   * Where a webhook is in its feed: the position, which may be after the one that is stored. Nothing between the two is
   * of its types, so that it holds for them alone.
   */
  private static final class Cursor {
    private String stored;
    private final List<String> types;
    private final EventPosition position;
    private final Map<Integer, Long> offsets = new HashMap<>();
    private long passed;
    private boolean isFull;

    private Cursor(StoredWebhook webhook, EventPosition position) {
      this.stored = webhook.position();
      this.types = webhook.types();
      this.position = position;
    }

    private boolean isOf(StoredWebhook webhook) {
      return stored.equals(webhook.position()) && types.equals(webhook.types());
    }
  }

  /** Starts the thread. */
  void start() {
    feeds.values().forEach(feed -> feed.tail().add(news, Optional.empty()));
    thread.start();
  }

  /** Has webhooks looked at soon: one was made, changed, or moved. */
  void look() {
    news.release();
  }

  private void run() {
    boolean isFirst = true;
    while (!isClosed) {
      try {
        if (isFirst) {
          // What an instance has stored and not woken before it was gone.
          webhooks.enabled(db).forEach(webhook -> deliveries.wake(webhook.id()));
          isFirst = false;
        }
        deliveries.wakeLate();
        // What comes while this reads is not waited for.
        news.drainPermits();
        boolean hasMoved = round();
        if (!hasMoved) {
          var _ = news.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        }
        LockSupport.parkNanos(TOGETHER_NANOS);
      } catch (RuntimeException e) {
        // The database is away.
        log.warn("no messages are made for webhooks: {}", e.toString());
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Looks at a chunk of each partition for each webhook; whether there may be more. */
  private boolean round() throws InterruptedException {
    List<StoredWebhook> enabled = webhooks.enabled(db);
    Set<UUID> ids = enabled.stream().map(StoredWebhook::id).collect(Collectors.toSet());
    cursors.keySet().retainAll(ids);
    failed.retainAll(ids);
    makers.retain(ids);
    lookForRoom();
    boolean hasMoved = false;
    for (StoredWebhook webhook : enabled) {
      EventFeed feed = feeds.get(webhook.feed());
      if (feed != null && feed.tail().isStarted() && !isClosed) {
        try {
          hasMoved |= deliverer.check(webhook) != MakerCheck.Result.ENDED && feed(webhook, feed);
          failed.remove(webhook.id());
        } catch (RuntimeException e) {
          // The others go on. One that fails for long is logged once.
          if (failed.add(webhook.id())) {
            log.error("no messages are made for the webhook {}: {}", webhook.id(), e.toString());
          }
        }
      }
    }
    return hasMoved;
  }

  /** In one statement: a full webhook costs nothing else. */
  private void lookForRoom() {
    List<UUID> full = cursors.entrySet().stream().filter(each -> each.getValue().isFull).map(Map.Entry::getKey)
        .toList();
    if (full.isEmpty() || clock.instant().isBefore(nextCount)) {
      return;
    }
    nextCount = clock.instant().plusMillis(IDLE_MILLIS);
    Map<UUID, Integer> pending = messages.pending(full, db);
    cursors.forEach((id, cursor) -> cursor.isFull &= pending.getOrDefault(id, 0) > undeliveredMax / 2);
  }

  private boolean feed(StoredWebhook webhook, EventFeed feed) throws InterruptedException {
    Cursor cursor = cursors.get(webhook.id());
    if (cursor == null || !cursor.isOf(webhook)) {
      cursor = new Cursor(webhook, feed.stored(webhook));
      cursors.put(webhook.id(), cursor);
      // Before there are messages: whoever moved it may be gone before it has woken it, and a turn comes to a row only.
      deliveries.wake(webhook.id());
    }
    if (cursor.isFull) {
      return false;
    }
    Optional<String> owner = webhook.ofOwner() ? Optional.of(webhook.owners().getFirst().value()) : Optional.empty();
    boolean hasMoved = false;
    for (int partition : cursor.position.partitions()) {
      long from = cursor.position.next(partition);
      Optional<Chunk> chunk = feed.read(partition, from, cursor.offsets.get(partition), owner);
      if (chunk.isPresent() && chunk.get().next() > from) {
        List<PublicEvent> wanted =
            chunk.get().events().stream().filter(event -> feed.isFor(webhook, event)).toList();
        if (!moved(webhook, feed, cursor, new Found(partition, wanted, chunk.get().next()))) {
          return hasMoved;
        }
        cursor.offsets.put(partition, chunk.get().offset());
        hasMoved = true;
      }
    }
    return hasMoved;
  }

  /** The wanted events of a chunk, and the position after it. */
  private record Found(int partition, List<PublicEvent> wanted, long next) {}

  /** False if there is no room for all of them, or if the webhook was moved or changed meanwhile. */
  private boolean moved(StoredWebhook webhook, EventFeed feed, Cursor cursor, Found found) {
    cursor.passed += found.next() - cursor.position.next(found.partition());
    if (found.wanted().isEmpty() && cursor.passed < PASSED_MAX) {
      cursor.position.move(found.partition(), found.next());
      return true;
    }
    // Until the transaction is committed the cursor in memory counts for nothing.
    cursors.remove(webhook.id());
    int added = db.transactionResult(transaction -> store(webhook, feed, cursor, found, transaction.dsl()));
    if (added < 0) {
      return false;
    }
    cursor.passed = 0;
    cursor.isFull = added < found.wanted().size();
    cursors.put(webhook.id(), cursor);
    if (added > 0) {
      deliveries.wake(webhook.id());
    }
    return !cursor.isFull;
  }

  /** How many messages were added; −1 if the webhook is no longer where it was, or wants other types. */
  private int store(StoredWebhook webhook, EventFeed feed, Cursor cursor, Found found, DSLContext transaction) {
    Optional<StoredWebhook> now = webhooks.findLocked(webhook.id(), transaction);
    if (now.filter(each -> each.isEnabled() && cursor.isOf(each)).isEmpty()) {
      return -1;
    }
    int room = Math.max(0, undeliveredMax - messages.pending(webhook.id(), transaction));
    boolean isAll = found.wanted().size() <= room;
    if (room == 0 && !isAll) {
      return 0;
    }
    List<PublicEvent> taken = isAll ? found.wanted() : found.wanted().subList(0, room);
    messages.add(webhook.id(), taken.stream().map(event -> message(feed, event)).toList(), clock.instant(),
        transaction);
    cursor.position.move(found.partition(), isAll ? found.next() : found.wanted().get(room).seq());
    cursor.stored = cursor.position.text(feed.tail().chainId());
    webhooks.place(webhook.id(), cursor.stored, transaction);
    return taken.size();
  }

  private static NewMessage message(EventFeed feed, PublicEvent event) {
    String at = MAPPER.readTree(event.value()).path("recorded_at").asString("");
    return new NewMessage(feed.messageId(event), event.partition(), event.seq(), event.owner(), event.type(),
        "{\"type\":\"" + event.type() + "\",\"timestamp\":\"" + at + "\",\"data\":" + event.value() + "}");
  }

  @Override
  public void close() {
    isClosed = true;
    feeds.values().forEach(feed -> feed.tail().remove(news, Optional.empty()));
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
