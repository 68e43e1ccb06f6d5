package io.neuronledger.cli.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.neuronledger.contracts.topic.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A subscriber to the events of all owners over HTTP, from the first one on. It follows on a thread of its own, and
 * goes on by its last id whenever an answer ends, whatever has ended it.
 */
public final class EventSubscriber implements AutoCloseable {
  private static final String EVENTS = "/v1/events";
  private static final Duration RETRY_DELAY = Duration.ofMillis(200);
  /** For the last answer: the service may have been killed a moment ago. */
  private static final int RETRIES_MAX = 600;

  private final Map<Integer, Received> received = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private String lastId = "beginning";
  private volatile boolean isFollowing;
  private volatile @Nullable InputStream open;
  private @Nullable Thread thread;

  /** How many events of a partition there are, and the digest of all of them. */
  private static final class Received {
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
    isFollowing = true;
    Thread following = Thread.ofPlatform().daemon().name("event-subscriber").unstarted(() -> {
      while (isFollowing) {
        if (!read(api, EVENTS)) {
          LockSupport.parkNanos(RETRY_DELAY.toNanos());
        }
      }
    });
    thread = following;
    following.start();
  }

  /**
   * Reads what there is up to now, ends, and compares it with the topic, to which nothing is added meanwhile.
   *
   * @param client the properties of a Kafka client that may read the topic
   * @return each gap and repetition, and each partition whose events differ; none if all events were received, each
   *     once and in order
   */
  public List<String> finish(LedgerApi api, Map<String, Object> client) {
    close();
    for (int tries = 0; !read(api, EVENTS + "?until=now"); tries++) {
      if (tries == RETRIES_MAX) {
        throw new IllegalStateException(EVENTS + " does not answer to the end");
      }
      LockSupport.parkNanos(RETRY_DELAY.toNanos());
    }
    Map<Integer, Received> published = new TreeMap<>();
    PublishedEvents.read(client, Topics.PUBLIC_EVENTS,
        each -> published.computeIfAbsent(each.partition(), _ -> new Received()).add(each.value()));
    List<String> found = new ArrayList<>(faults);
    published.forEach((partition, expected) -> {
      Received there = received.getOrDefault(partition, new Received());
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

  /** Whether the service has ended its answer; false if it was cut off, or there was none. */
  private boolean read(LedgerApi api, String path) {
    try (InputStream stream = api.events(path, lastId)) {
      open = stream;
      BufferedReader lines = new BufferedReader(new InputStreamReader(stream, UTF_8));
      String id = "";
      String data = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          // Together: what was cut off before its end is sent again.
          if (!data.isEmpty()) {
            add(data);
          }
          lastId = id.isEmpty() ? lastId : id;
          id = "";
          data = "";
        } else if (line.startsWith("id: ")) {
          id = line.substring("id: ".length());
        } else if (line.startsWith("data: ")) {
          data = line.substring("data: ".length());
        }
      }
      return true;
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      return false;
    }
  }

  private void add(String data) {
    JsonNode event = JsonMapper.shared().readTree(data);
    if (!event.has("seq")) {
      // The problem with which an answer ends.
      return;
    }
    Received of = received.computeIfAbsent(event.get("partition").asInt(), _ -> new Received());
    if (event.get("seq").asLong() != of.count) {
      faults.add("partition %d: event %d came over HTTP in place of %d".formatted(event.get("partition").asInt(),
          event.get("seq").asLong(), of.count));
    }
    of.add(data);
  }

  /** Stops following; what was received stays. */
  @Override
  public void close() {
    isFollowing = false;
    Thread following = thread;
    thread = null;
    if (following == null) {
      return;
    }
    try {
      do {
        end();
      } while (!following.join(RETRY_DELAY));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    InputStream stream = open;
    if (stream != null) {
      try {
        stream.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
