package io.neuronledger.cli.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.neuronledger.contracts.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A receiver of webhooks on the loopback address, with an inbox for each. It verifies each message by the library of
 * Standard Webhooks, and answers 204, or waits with all answers while it is held.
 */
public final class WebhookReceiver implements AutoCloseable {
  private static final String WEBHOOKS = "/v1/webhooks";
  private static final int NO_CONTENT = 204;
  private static final int CREATED = 201;
  private static final int UNAUTHORIZED = 401;
  /** A killed instance's turns are given to another one after 20 seconds, and a failed attempt has waits of its own. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(200);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Inbox> inboxes = new ConcurrentHashMap<>();
  private final Queue<String> registered = new ConcurrentLinkedQueue<>();
  /** By message id: the same for each inbox and each repetition. */
  private final Map<String, String> bodies = new ConcurrentHashMap<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final Semaphore held = new Semaphore(0);
  private volatile CountDownLatch released = new CountDownLatch(0);

  /** Listens on a free port. */
  public WebhookReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  /** A message as it was signed. */
  public record Message(String id, String body) {
    public JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }
  }

  /** What one webhook has received. */
  public static final class Inbox {
    private final String url;
    private final CompletableFuture<Webhook> verifier = new CompletableFuture<>();
    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();

    private Inbox(String url) {
      this.url = url;
    }

    /** Its URL, for one webhook. */
    public String url() {
      return url;
    }

    /** @param secret of the webhook, as the answer to its registration has it; messages wait for it */
    public void signedBy(String secret) {
      verifier.complete(new Webhook(secret));
    }

    /** In order of their arrival, repetitions too. */
    public List<Message> messages() {
      return List.copyOf(messages);
    }
  }

  /** An event of the topic, as a message has it. */
  record Expected(String owner, long seq, String data) {}

  /** A new inbox. */
  public Inbox inbox() {
    String path = "/" + inboxes.size();
    Inbox inbox = new Inbox("http://127.0.0.1:" + server.getAddress().getPort() + path);
    inboxes.put(path, inbox);
    return inbox;
  }

  /**
   * Registers webhooks for the events of all owners, from the first one on.
   *
   * @param count 1 to 10, the most of one caller
   * @throws IllegalStateException if one is refused
   */
  public void register(LedgerApi api, int count) {
    // Once it answers, each webhook is made once: a second one for the same inbox would have another secret.
    var _ = api.retrying().getOk(WEBHOOKS);
    IntStream.range(0, count).forEach(_ -> {
      Inbox inbox = inbox();
      LedgerApi.Answer answer =
          api.post(WEBHOOKS, "{\"url\":\"" + inbox.url() + "\",\"after\":\"beginning\"}");
      if (answer.statusCode() != CREATED) {
        throw new IllegalStateException(WEBHOOKS + " answers " + answer.statusCode() + ": " + answer.body());
      }
      JsonNode made = JsonMapper.shared().readTree(answer.body());
      registered.add(made.at("/webhook/id").asString());
      inbox.signedBy(made.path("secret").asString());
    });
  }

  /**
   * Deletes the webhooks that were {@linkplain #register registered}; what is on its way still arrives.
   *
   * @throws IllegalStateException if one is not deleted
   */
  public void unregister(LedgerApi api) {
    for (String id = registered.poll(); id != null; id = registered.poll()) {
      LedgerApi.Answer answer = api.delete(WEBHOOKS + "/" + id);
      if (answer.statusCode() != NO_CONTENT) {
        throw new IllegalStateException(answer.uri() + " answers " + answer.statusCode() + ": " + answer.body());
      }
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      headers.putAll(exchange.getRequestHeaders());
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Inbox inbox = inboxes.get(exchange.getRequestURI().getPath());
      String id = headers.getOrDefault("webhook-id", List.of("")).getFirst();
      if (inbox == null || !isSigned(inbox, body, headers)) {
        faults.add("the message '%s' to %s is not signed by the secret of a webhook".formatted(id,
            exchange.getRequestURI()));
        exchange.sendResponseHeaders(UNAUTHORIZED, -1);
        return;
      }
      add(inbox, id, body);
      CountDownLatch answers = released;
      if (answers.getCount() > 0) {
        held.release();
        await(answers);
      }
      exchange.sendResponseHeaders(NO_CONTENT, -1);
    }
  }

  private static boolean isSigned(Inbox inbox, String body, Map<String, List<String>> headers) {
    try {
      inbox.verifier.join().verify(body, headers);
      return true;
    } catch (WebhookVerificationException e) {
      return false;
    }
  }

  private void add(Inbox inbox, String id, String body) {
    String known = bodies.putIfAbsent(id, body);
    boolean isOther = known != null && !known.equals(body);
    if (isOther) {
      faults.add("the message '%s' comes again as another one: %s and %s".formatted(id, known, body));
    }
    // A body for each id, however many have it.
    inbox.messages.add(new Message(id, known == null || isOther ? body : known));
  }

  /** From now on answers wait, until {@link #release}; their messages are received. */
  public void hold() {
    held.drainPermits();
    released = new CountDownLatch(1);
  }

  /**
   * Waits until so many answers wait.
   *
   * @throws IllegalStateException if fewer messages come
   */
  public void awaitHeld(int answers) {
    try {
      if (!held.tryAcquire(answers, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("not " + answers + " messages of webhooks come within " + PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a message", e);
    }
  }

  /** Sends the answers that wait. */
  public void release() {
    released.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many messages were received, in all inboxes. */
  public long received() {
    return inboxes.values().stream().mapToLong(each -> each.messages.size()).sum();
  }

  /** How many of them came again. */
  public long repeated() {
    return received() - inboxes.values().stream().mapToLong(each -> ids(each).size()).sum();
  }

  private static Set<String> ids(Inbox inbox) {
    Set<String> ids = new LinkedHashSet<>();
    inbox.messages.forEach(each -> ids.add(each.id()));
    return ids;
  }

  /**
   * Waits until every inbox has as many events as the topic, to which nothing is added meanwhile, and compares them.
   *
   * @param client the properties of a Kafka client that may read the topic
   * @return each event that an inbox lacks within some minutes, each that differs from the topic's, each that has come
   *     before an earlier one of its owner, each that has come again as another one, and each wrong signature
   */
  public List<String> finish(Map<String, Object> client) {
    Map<String, Expected> published = new LinkedHashMap<>();
    PublishedEvents.read(client, Topics.PUBLIC_EVENTS, each -> {
      JsonNode event = JsonMapper.shared().readTree(each.value());
      published.put("events-%s-%d-%d".formatted(event.path("chain_id").asString(), each.partition(),
          event.path("seq").asLong()), new Expected(each.key(), event.path("seq").asLong(), each.value()));
    });
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (inboxes.values().stream().anyMatch(each -> !ids(each).containsAll(published.keySet()))
        && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL.toNanos());
    }
    return compare(published);
  }

  /** @param published by message id */
  List<String> compare(Map<String, Expected> published) {
    List<String> found = new ArrayList<>(faults);
    inboxes.values().forEach(each -> compare(each, published, found));
    return found;
  }

  private static void compare(Inbox inbox, Map<String, Expected> published, List<String> found) {
    Set<String> received = ids(inbox);
    published.keySet().stream().filter(id -> !received.contains(id))
        .forEach(id -> found.add("%s has not received %s".formatted(inbox.url, id)));
    Map<String, Long> newest = new HashMap<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Message message : inbox.messages()) {
      Expected expected = published.get(message.id());
      if (expected == null || !message.body().endsWith(",\"data\":" + expected.data() + "}")) {
        found.add("%s has received %s, which is not the topic's: %s".formatted(inbox.url, message.id(),
            message.body()));
      } else if (seen.add(message.id())) {
        Long before = newest.put(expected.owner(), expected.seq());
        if (before != null && before > expected.seq()) {
          found.add("%s has received %s after event %d of the same owner".formatted(inbox.url, message.id(), before));
        }
      }
    }
  }

  @Override
  public void close() {
    release();
    inboxes.values().forEach(each -> each.verifier.cancel(false));
    server.stop(0);
    threads.close();
  }
}
