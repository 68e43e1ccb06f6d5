package io.neuronledger.cli.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.neuronledger.client.Received;
import io.neuronledger.client.Subscription;
import io.neuronledger.client.event.PublicEvent;
import io.neuronledger.contracts.topic.Topics;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber to the events of all owners over HTTP, from the first one on. It follows on a thread of its own, and
 * goes on by its last id whenever an answer ends, whatever has ended it.
 */
public final class EventSubscriber implements AutoCloseable {
  /** Each comes after several tries and two seconds. */
  private static final int INTERRUPTIONS_MAX = 40;

  private final Map<Integer, Digested> received = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private String lastId = "beginning";
  private @Nullable Stream<?> open;
  private @Nullable Thread thread;

  /** How many events of a partition there are, and the digest of all of them. */
  private static final class Digested {
    private final MessageDigest digest = sha256();
    private long count;

    void add(String event) {
      count++;
      digest.update(event.getBytes(UTF_8));
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has it", e);
      }
    }
  }

  /** Follows at this service, which may be another one than before, and may be down at times. */
  public void follow(LedgerApi api) {
    close();
    Stream<Received<PublicEvent>> events = api.client().subscribe(Subscription.ofAll(lastId));
    open = events;
    Thread following = Thread.ofPlatform().daemon().name("event-subscriber").unstarted(() -> follow(events));
    thread = following;
    following.start();
  }

  private void follow(Stream<Received<PublicEvent>> events) {
    try {
      events.forEach(this::add);
    } catch (RuntimeException e) {
      faults.add("the subscription to the events ended: " + e);
    }
  }

  /**
   * Reads what there is up to now, ends, and compares it with the topic, to which nothing is added meanwhile.
   *
   * @param client the properties of a Kafka client that may read the topic
   * @return each gap and repetition, and each partition whose events differ; none if all events were received, each
   *     once and in order
   * @throws IllegalStateException if the service, which may have been killed a moment ago, does not come back
   */
  public List<String> finish(LedgerApi api, Map<String, Object> client) {
    close();
    AtomicInteger interruptions = new AtomicInteger();
    Subscription rest = Subscription.ofAll(lastId).untilLast().onInterruption(interruption -> {
      if (interruptions.incrementAndGet() > INTERRUPTIONS_MAX) {
        throw new IllegalStateException("the events are not answered to their end", interruption.cause());
      }
    });
    try (Stream<Received<PublicEvent>> events = api.client().subscribe(rest)) {
      events.forEach(this::add);
    }
    Map<Integer, Digested> published = new TreeMap<>();
    PublishedEvents.read(client, Topics.PUBLIC_EVENTS,
        each -> published.computeIfAbsent(each.partition(), _ -> new Digested()).add(each.value()));
    List<String> found = new ArrayList<>(faults);
    published.forEach((partition, expected) -> {
      Digested there = received.getOrDefault(partition, new Digested());
      if (there.count != expected.count || !MessageDigest.isEqual(there.digest.digest(), expected.digest.digest())) {
        found.add("partition %d: %d public events, and %d over HTTP, %s".formatted(partition, expected.count,
            there.count, there.count == expected.count ? "which differ" : "which are not as many"));
      }
    });
    return found;
  }

  /** How many events were received. */
  public long events() {
    return received.values().stream().mapToLong(each -> each.count).sum();
  }

  private void add(Received<PublicEvent> event) {
    PublicEvent record = event.record();
    Digested of = received.computeIfAbsent(record.partition(), _ -> new Digested());
    if (record.seq() != of.count) {
      faults.add("partition %d: event %d came over HTTP in place of %d".formatted(record.partition(), record.seq(),
          of.count));
    }
    of.add(record.json());
    lastId = event.id();
  }

  /** Stops following; what was received stays. */
  @Override
  public void close() {
    Stream<?> events = open;
    Thread following = thread;
    open = null;
    thread = null;
    if (events == null || following == null) {
      return;
    }
    events.close();
    try {
      following.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
