package io.neuronledger.query.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.CredentialCheck;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.rate.RateFilter;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** The open subscriptions, a limited number of each caller and in all. Thread-safe. */
public final class Subscriptions {
  /** After the last event that there is. */
  static final String NOW = "now";
  static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);
  private static final String CONTENT_TYPE = MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8";
  /** How long an id may be ahead of what this instance has read. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final CredentialCheck credentials;
  private final SubscriptionSettings settings;
  private final JsonMapper json;
  private final InstantSource clock;
  private final MeterRegistry meters;
  private final Counter sent;
  private final Semaphore places;
  private final Semaphore placesOfWallets;
  private final Map<String, Integer> ofCallers = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean isEnding;

  /** The newest events of a topic, and the older ones. */
  public record Source(EventTail tail, EventHistory history) {
    private Partitions partitions() {
      return new Partitions(tail.partitionCount());
    }
  }

  public Subscriptions(CredentialCheck credentials, SubscriptionSettings settings, JsonMapper json,
      MeterRegistry meters, InstantSource clock) {
    this.credentials = credentials;
    this.settings = settings;
    this.json = json;
    this.clock = clock;
    this.meters = meters;
    this.places = new Semaphore(settings.max());
    this.placesOfWallets = new Semaphore(Math.max(1, settings.max() / 2));
    Gauge.builder("ledger.query.subscriptions", open::get).description("open subscriptions").register(meters);
    sent = Counter.builder("ledger.query.subscriptions.events").description("events sent to subscriptions")
        .register(meters);
  }

  /** Ends all of them, and lets none begin: the service is ending. */
  public void end() {
    isEnding = true;
  }

  /**
   * Answers with events until the client goes, the credential ends, or the service does.
   *
   * @param source of which topic they are
   * @param owner whose events are asked for; empty: everybody's
   * @throws Refusal before the first byte: for an id that is none, if the events cannot be read now, and above a limit
   */
  public void answer(Source source, HttpServletRequest request, HttpServletResponse response, Caller caller,
      Optional<WalletAddress> owner, EventsFilter filter) throws IOException {
    Optional<EventPosition> asked = asked(source, request, owner, filter);
    if (isEnding || !source.tail().isStarted()) {
      throw unavailable(isEnding ? "the service is ending" : "the topic of the events has not been read yet");
    }
    enter(caller, response);
    try {
      EventPosition position = asked.isPresent() ? known(source, asked.get(), request) : now(source, owner);
      // The limit of requests in progress is that of short ones.
      RateFilter.leave(request);
      send(source, request, response, caller, owner.map(WalletAddress::value), filter, position);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("the service is ending");
    } finally {
      leave(caller);
    }
  }

  private static Refusal unavailable(String why) {
    return new Refusal(ProblemCode.EVENTS_UNAVAILABLE, why + ": ask again");
  }

  /** A client that connects again sends the id of its last event beside the URL with which it has begun. */
  private static Optional<EventPosition> asked(Source source, HttpServletRequest request,
      Optional<WalletAddress> owner, EventsFilter filter) {
    Optional<String> id = Optional.ofNullable(request.getHeader(LAST_EVENT_ID)).filter(text -> !text.isEmpty());
    Optional<String> text = id.isPresent() ? id : filter.after();
    try {
      return text.filter(each -> !each.equals(NOW)).map(each -> owner.isPresent()
          ? EventPosition.parse(each, source.partitions().of(owner.get()))
          : EventPosition.parseAll(source.tail().topic(), each, source.tail().partitionCount()));
    } catch (IllegalArgumentException e) {
      throw badId(request, String.valueOf(e.getMessage()));
    }
  }

  private static Refusal badId(HttpServletRequest request, String why) {
    String header = request.getHeader(LAST_EVENT_ID);
    return Refusal.parameter(ProblemCode.BAD_PARAMETER, header == null || header.isEmpty() ? "after" : LAST_EVENT_ID,
        why);
  }

  private static EventPosition now(Source source, Optional<WalletAddress> owner) {
    EventTail tail = source.tail();
    if (owner.isPresent()) {
      int partition = source.partitions().of(owner.get());
      return EventPosition.inPartition(partition, tail.next(partition));
    }
    long[] next = new long[tail.partitionCount()];
    for (int i = 0; i < next.length; i++) {
      next[i] = tail.next(i);
    }
    return EventPosition.ofAll(tail.topic(), next);
  }

  /** Another instance may have sent an event that this one has not read yet. */
  private EventPosition known(Source source, EventPosition asked, HttpServletRequest request)
      throws InterruptedException {
    EventTail tail = source.tail();
    if (asked.isOfAnotherChain(tail.chainId())) {
      throw badId(request, "this id was given by a ledger of another chain");
    }
    Semaphore news = new Semaphore(0);
    tail.add(news, Optional.empty());
    try {
      Instant deadline = clock.instant().plus(PATIENCE);
      for (int partition : asked.partitions()) {
        while (asked.next(partition) > tail.next(partition) && clock.instant().isBefore(deadline)) {
          if (news.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            news.drainPermits();
          }
        }
        if (asked.next(partition) > tail.next(partition)
            && !isInKafka(source.history(), partition, asked.next(partition) - 1)) {
          throw badId(request, "partition " + partition + " has no event " + (asked.next(partition) - 1) + " yet");
        }
      }
      return asked;
    } finally {
      tail.remove(news, Optional.empty());
    }
  }

  private static boolean isInKafka(EventHistory history, int partition, long seq) throws InterruptedException {
    try {
      return history.contains(partition, seq, PATIENCE).orElseThrow(() -> unavailable("others are being read"));
    } catch (KafkaException e) {
      throw unavailable("Kafka does not answer");
    }
  }

  private void enter(Caller caller, HttpServletResponse response) {
    if (isWallet(caller) && !placesOfWallets.tryAcquire()) {
      throw new Refusal(ProblemCode.SUBSCRIPTIONS_EXHAUSTED, "wallets have all subscriptions that they may have");
    }
    if (!places.tryAcquire()) {
      leaveWallets(caller);
      throw new Refusal(ProblemCode.SUBSCRIPTIONS_EXHAUSTED, settings.max() + " subscriptions are open");
    }
    int opened = ofCallers.merge(nameOf(caller), 1, Integer::sum);
    open.incrementAndGet();
    if (opened > settings.ofCallerMax()) {
      leave(caller);
      // Until then a connection that is gone has been noticed.
      response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(settings.heartbeat().toSeconds()));
      throw new Refusal(ProblemCode.TOO_MANY_SUBSCRIPTIONS, "the caller has " + settings.ofCallerMax()
          + " open subscriptions: close one of them");
    }
  }

  private void leave(Caller caller) {
    open.decrementAndGet();
    ofCallers.computeIfPresent(nameOf(caller), (_, count) -> count == 1 ? null : count - 1);
    places.release();
    leaveWallets(caller);
  }

  private void leaveWallets(Caller caller) {
    if (isWallet(caller)) {
      placesOfWallets.release();
    }
  }

  /** Anybody can make any number of wallets. */
  private static boolean isWallet(Caller caller) {
    return caller.credential() == Caller.Credential.WALLET_TOKEN;
  }

  private static String nameOf(Caller caller) {
    return caller.credential() + " " + caller.subject();
  }

  private void send(Source source, HttpServletRequest request, HttpServletResponse response, Caller caller,
      Optional<String> owner, EventsFilter filter, EventPosition position) throws InterruptedException, IOException {
    response.setContentType(CONTENT_TYPE);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    // A proxy that collects an answer before it passes it on would pass on nothing.
    response.setHeader("X-Accel-Buffering", "no");
    if (request.getMethod().equals("HEAD")) {
      return;
    }
    EventWriter writer = new EventWriter(response.getOutputStream(), json);
    Subscription subscription = new Subscription(new Subscription.Parts(source.tail(), source.history(), owner,
        filter.untilNow(), settings, credentials.of(request, caller), () -> isEnding, clock, sent::increment), position,
        writer);
    try {
      Subscription.Outcome outcome = subscription.run(request.getRequestURI());
      count(outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    } catch (IOException e) {
      // Nobody is left to be answered: the web server closes the connection.
      count(isTimeout(e) ? "not-read" : "client-gone");
      log.debug("a subscription was cut off", e);
    }
  }

  private static boolean isTimeout(IOException failure) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(SocketTimeoutException.class::isInstance);
  }

  private void count(String reason) {
    Counter.builder("ledger.query.subscriptions.ended").description("subscriptions that have ended")
        .tag("reason", reason).register(meters).increment();
  }
}
