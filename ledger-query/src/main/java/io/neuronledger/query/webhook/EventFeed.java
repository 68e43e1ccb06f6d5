package io.neuronledger.query.webhook;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.alert.AlertType;
import io.neuronledger.contracts.view.webhook.WebhookView;
import io.neuronledger.foundation.partitionlog.StoredNames;
import io.neuronledger.query.events.Chunk;
import io.neuronledger.query.events.EventHistory;
import io.neuronledger.query.events.EventPosition;
import io.neuronledger.query.events.EventTail;
import io.neuronledger.query.events.PublicEvent;
import io.neuronledger.query.webhook.delivery.StoredWebhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A topic whose events webhooks receive.
 *
 * @param name by which callers choose it
 * @param always the types of events that every webhook receives, whatever it asks for
 * @param types all types of its events that are known
 */
public record EventFeed(WebhookView.Feed name, EventTail tail, EventHistory history, Set<String> always,
    Set<String> types) {
  /** After the last event that there is. */
  static final String NOW = "now";
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  public EventFeed {
    always = Set.copyOf(always);
    types = Set.copyOf(types);
  }

  /**
   * The events of owners' money. What a fork takes back is sent to everybody: whoever has received an event that never
   * happened has to know.
   */
  public static EventFeed ofEvents(EventTail tail, EventHistory history) {
    StoredNames names = StoredNames.of(AccountEvent.class);
    return new EventFeed(WebhookView.Feed.EVENTS, tail, history, Set.of(EventNames.LEDGER_REWOUND),
        names.all().stream().filter(name -> !PartitionEvent.class.isAssignableFrom(names.typeOf(name))
            && !AccountEvent.PeriodEvent.class.isAssignableFrom(names.typeOf(name)))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Alerts. What a fork withdraws is sent to everybody, as above. */
  public static EventFeed ofAlerts(EventTail tail, EventHistory history) {
    return new EventFeed(WebhookView.Feed.ALERTS, tail, history, Set.of(AlertType.WITHDRAWN.stored()),
        Stream.of(AlertType.values()).map(AlertType::stored).collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * The position that a text names.
   *
   * @param ofOwner whose events alone are looked at; empty: all
   * @throws IllegalArgumentException for what is none, and for one that is not reached yet
   */
  EventPosition position(String text, Optional<WalletAddress> ofOwner) {
    int count = tail.partitionCount();
    if (text.equals(NOW)) {
      long[] next = new long[count];
      for (int i = 0; i < count; i++) {
        next[i] = tail.next(i);
      }
      return ofOwner.map(owner -> partition(owner, count))
          .map(partition -> EventPosition.inPartition(partition, next[partition]))
          .orElseGet(() -> EventPosition.ofAll(tail.topic(), next));
    }
    EventPosition asked = ofOwner.isPresent() ? EventPosition.parse(text, partition(ofOwner.get(), count))
        : EventPosition.parseAll(tail.topic(), text, count);
    if (asked.isOfAnotherChain(tail.chainId())) {
      throw new IllegalArgumentException("this id was given by a ledger of another chain");
    }
    for (int partition : asked.partitions()) {
      if (asked.next(partition) > tail.next(partition)) {
        throw new IllegalArgumentException("partition " + partition + " has no event "
            + (asked.next(partition) - 1) + " yet");
      }
    }
    return asked;
  }

  /**
   * The position before the first event that was recorded at a time or after it.
   *
   * @param ofOwner whose events alone are looked at; empty: all
   * @return empty if too many others are reading
   * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
   */
  Optional<EventPosition> from(Instant time, Optional<WalletAddress> ofOwner) throws InterruptedException {
    EventPosition position = position(NOW, ofOwner);
    for (int partition : position.partitions()) {
      Optional<OptionalLong> first = history.firstFrom(partition, time, PATIENCE);
      if (first.isEmpty()) {
        return Optional.empty();
      }
      first.get().ifPresent(seq -> position.move(partition, Math.min(seq, position.next(partition))));
    }
    return Optional.of(position);
  }

  private static int partition(WalletAddress owner, int count) {
    return new Partitions(count).of(owner);
  }

  /** The position that is stored with a webhook. */
  EventPosition stored(StoredWebhook webhook) {
    return webhook.ofOwner()
        ? EventPosition.parse(webhook.position(), partition(webhook.owners().getFirst(), tail.partitionCount()))
        : EventPosition.parseAll(tail.topic(), webhook.position(), tail.partitionCount());
  }

  /**
   * Some events of a partition from a position on; without progress if there is none yet.
   *
   * @param offset from which the event is read if it is no longer in memory; null: it is looked for
   * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
   */
  Optional<Chunk> read(int partition, long position, @Nullable Long offset, Optional<String> owner)
      throws InterruptedException {
    Optional<Chunk> inMemory = tail.from(partition, position, owner);
    return inMemory.isPresent() ? inMemory : history.read(partition, position,
        offset == null ? OptionalLong.empty() : OptionalLong.of(offset), owner, PATIENCE);
  }

  /** Whether a webhook receives the event. */
  boolean isFor(StoredWebhook webhook, PublicEvent event) {
    boolean isType = webhook.types().isEmpty() || webhook.types().contains(event.type())
        || always.contains(event.type());
    return isType && (webhook.owners().isEmpty()
        || webhook.owners().stream().anyMatch(owner -> owner.value().equals(event.owner())));
  }

  /** The id of the event's message, the same for ever: feed, chain, partition and number. */
  String messageId(PublicEvent event) {
    return name.name().toLowerCase(Locale.ROOT) + "-" + event.chainId() + "-" + event.partition() + "-" + event.seq();
  }

  /** All types that a caller may ask for, by letter. */
  List<String> sortedTypes() {
    return types.stream().sorted().toList();
  }
}
