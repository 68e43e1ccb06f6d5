package io.neuronledger.query.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.EventReader;
import io.neuronledger.query.fixture.EventReader.Item;
import io.neuronledger.query.fixture.PublicTopic;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.ServiceEnvironment;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.testkit.servers.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Subscriptions to events of the running service, with real connections. */
class EventsIT {
  private static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Partitions PARTITIONING = new Partitions(PARTITIONS);
  private static final WalletAddress OWNER = walletOf(0, 1);
  private static final WalletAddress NEIGHBOUR = walletOf(0, 2);
  private static final WalletAddress OTHER = walletOf(1, 1);
  private static final int MAX = 12;
  private static final int OF_CALLER = 8;
  @AutoClose
  private static ServiceEnvironment environment;
  private static PublicTopic events;
  private static Service service;

  private static WalletAddress walletOf(int partition, int nth) {
    return IntStream.range(1, 1_000).mapToObj(Wallets::wallet)
        .filter(wallet -> PARTITIONING.of(wallet) == partition).skip(nth).findFirst().orElseThrow();
  }

  @BeforeAll
  static void start() {
    environment = new ServiceEnvironment(PARTITIONS);
    events = environment.events();
    AccountEventScript script = AccountEventScript.started(0, PARTITIONS).seal()
        .deposit(OWNER, Neuron.ofZeroG("1")).deposit(NEIGHBOUR, Neuron.ofZeroG("2")).seal();
    script.deposit(OWNER, Neuron.ofZeroG("3")).seal().deposit(OWNER, Neuron.ofZeroG("4")).seal()
        .deposit(OWNER, Neuron.ofZeroG("5")).seal();
    // A fork of depth 3: blocks 3, 4 and 5 are replaced.
    script.retract(3).deposit(OWNER, Neuron.ofZeroG("6")).seal();
    AccountEventScript other = AccountEventScript.started(1, PARTITIONS).seal()
        .deposit(OTHER, Neuron.ofZeroG("7")).seal();
    for (AccountRecord record : script.records()) {
      events.publish(List.of(record));
      events.abort(0, OWNER);
    }
    events.publish(other.records());
    environment.topic().publish(Stream.concat(script.records().stream(), other.records().stream()).toList());
    service = environment.service("events", "--neuron-ledger.subscriptions.max=" + MAX,
        "--neuron-ledger.subscriptions.of-caller-max=" + OF_CALLER, "--neuron-ledger.subscriptions.heartbeat=1s",
        "--server.tomcat.connection-timeout=2s");
    service.awaitEvents();
  }

  private static RawHttp.Answer get(String target, String... headers) {
    return RawHttp.send(service.port(), "GET", target, headers);
  }

  private static String pathOf(WalletAddress owner) {
    return "/v1/ledgers/" + owner.checksummed() + "/events";
  }

  private static List<Item> untilNow(String target, String... headers) {
    try (EventReader reader = new EventReader(service.port(), target, headers)) {
      assertThat(reader.status()).as("%s %s", target, List.of(headers)).isEqualTo(200);
      return reader.rest();
    }
  }

  private static List<String> data(List<Item> items) {
    return items.stream().map(Item::data).toList();
  }

  private static List<PublicTopic.Event> publishedOf(WalletAddress owner) {
    return events.published().stream().filter(each -> each.owner().equals(owner)).toList();
  }

  private static List<String> values(List<PublicTopic.Event> published) {
    return published.stream().map(PublicTopic.Event::value).toList();
  }

  private static PublicTopic.Event publish(WalletAddress owner) {
    return events.publish(PARTITIONING.of(owner), owner, "test-event.v1", "{\"type\":\"test-event.v1\"}");
  }

  @Test
  void an_owner_receives_its_events_from_the_first_one_on_in_the_form_of_the_topic() {
    List<PublicTopic.Event> published = publishedOf(OWNER);
    List<Item> received = untilNow(pathOf(OWNER) + "?after=beginning&until=now");
    assertThat(data(received)).containsExactlyElementsOf(values(published));
    assertThat(received.stream().map(Item::id)).containsExactlyElementsOf(
        published.stream().map(PublicTopic.Event::id).toList());
    assertThat(received.stream().map(Item::type)).containsExactlyElementsOf(
        published.stream().map(PublicTopic.Event::type).toList());
    assertThat(received).hasSizeGreaterThan(5);
  }

  @Test
  void a_fork_is_taken_back_by_an_event_that_names_its_first_block() {
    List<Item> received = untilNow(pathOf(OWNER) + "?after=beginning&until=now");
    List<String> types = received.stream().map(Item::type).filter(type -> !type.equals("test-event.v1")).toList();
    assertThat(types).containsExactly("funds-deposited.v1", "funds-deposited.v1", "funds-deposited.v1",
        "funds-deposited.v1", "ledger-rewound.v1", "funds-deposited.v1");
    JsonNode rewound = received.stream().filter(each -> each.type().equals("ledger-rewound.v1")).findFirst()
        .map(each -> QueryFixture.JSON.readTree(each.data()).path("event")).orElseThrow();
    assertThat(rewound.path("from_block").asLong()).isEqualTo(3);
    assertThat(rewound.at("/state/available").asString()).isEqualTo(Neuron.ofZeroG("1").toString());
    assertThat(untilNow(pathOf(NEIGHBOUR) + "?after=beginning&until=now").stream().map(Item::type))
        .doesNotContain("ledger-rewound.v1");
  }

  @Test
  void a_client_goes_on_after_any_event_without_loss_and_without_repetition() {
    for (String path : List.of(pathOf(OWNER), pathOf(OTHER), "/v1/events")) {
      List<Item> all = untilNow(path + "?after=beginning&until=now");
      for (int i = 0; i < all.size(); i++) {
        List<String> rest = data(all.subList(i + 1, all.size()));
        String id = all.get(i).id();
        assertThat(sorted(data(untilNow(path + "?until=now", "Last-Event-ID: " + id))))
            .containsSequence(sorted(rest));
        assertThat(sorted(data(untilNow(path + "?until=now&after=" + id)))).containsSequence(sorted(rest));
      }
      assertThat(data(untilNow(path + "?after=" + all.getLast().id() + "&until=now", "Last-Event-ID: beginning")))
          .as("the header is newer than the URL").containsAll(data(all));
    }
  }

  private static List<String> sorted(List<String> texts) {
    return texts.stream().sorted().toList();
  }

  @Test
  void all_owners_events_keep_the_order_of_each_partition() {
    List<Item> all = untilNow("/v1/events?after=beginning&until=now");
    List<PublicTopic.Event> published = events.published();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      int number = partition;
      List<String> ofPartition = data(all).stream()
          .filter(text -> QueryFixture.JSON.readTree(text).path("partition").asInt() == number).toList();
      assertThat(values(published.stream().filter(each -> each.partition() == number).toList()))
          .startsWith(ofPartition.toArray(String[]::new));
    }
    assertThat(all.stream().map(Item::id)).doesNotHaveDuplicates();
  }

  @Test
  void new_events_come_at_once_and_once() {
    try (EventReader own = new EventReader(service.port(), pathOf(OWNER));
        EventReader all = new EventReader(service.port(), "/v1/events?after=now");
        EventReader other = new EventReader(service.port(), pathOf(OTHER))) {
      assertThat(own.head()).anyMatch(line -> line.equalsIgnoreCase("Content-Type: text/event-stream;charset=UTF-8"));
      await().atMost(PATIENCE).until(() -> !own.lastId().isEmpty() && !all.lastId().isEmpty()
          && !other.lastId().isEmpty());
      PublicTopic.Event first = publish(OWNER);
      PublicTopic.Event second = publish(OTHER);
      assertThat(own.next(1)).extracting(Item::data).containsExactly(first.value());
      assertThat(other.next(1)).extracting(Item::data).containsExactly(second.value());
      assertThat(data(all.next(2))).containsExactlyInAnyOrder(first.value(), second.value());
      String id = own.lastId();
      publish(NEIGHBOUR);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(own.lastId())
          .as("others' events are passed over with a heartbeat").isNotEqualTo(id));
      assertThat(own.isIdle()).isTrue();
      assertThat(own.heartbeats()).isPositive();
    }
  }

  @Test
  void a_rebuild_sends_nothing_twice_and_loses_nothing() {
    await().atMost(PATIENCE).until(() -> get("/v1/ledgers/" + OWNER).status() == 200);
    try (EventReader own = new EventReader(service.port(), pathOf(OWNER) + "?after=beginning")) {
      int known = publishedOf(OWNER).size();
      List<Item> before = own.next(known);
      assertThat(RawHttp.send(service.port(), "POST", "/v1/admin/rebuild").status()).isEqualTo(202);
      await().atMost(PATIENCE).until(() -> get("/v1/admin/rebuild").body().contains("\"done\""));
      PublicTopic.Event next = publish(OWNER);
      assertThat(own.next(1)).extracting(Item::data).containsExactly(next.value());
      assertThat(own.isIdle()).isTrue();
      assertThat(data(untilNow(pathOf(OWNER) + "?until=now", "Last-Event-ID: " + before.getLast().id())))
          .contains(next.value());
    }
  }

  @Test
  void what_is_no_id_of_the_stream_is_refused() {
    String ofAll = untilNow("/v1/events?after=beginning&until=now").getLast().id();
    for (String path : List.of(pathOf(OWNER), "/v1/events")) {
      for (String id : List.of("x", "0-99999", "1-0", "9-9", "-1", path.equals("/v1/events") ? "0-0" : ofAll)) {
        RawHttp.Answer answer = get(path + "?until=now", "Last-Event-ID: " + id);
        assertThat(answer.status()).as(path + " " + id).isEqualTo(400);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains("\"bad-parameter\"", "\"Last-Event-ID\"");
        assertThat(get(path + "?until=now&after=" + id).body()).as(path + " " + id)
            .contains("\"bad-parameter\"", "\"after\"");
      }
      assertThat(get(path + "?until=then").body()).contains("\"bad-parameter\"");
      assertThat(get(path, "Accept: application/json").status()).isEqualTo(406);
      assertThat(RawHttp.send(service.port(), "HEAD", path).status()).isEqualTo(200);
    }
  }

  @Test
  void a_caller_has_so_many_subscriptions_and_no_more() {
    List<EventReader> open = new ArrayList<>();
    try {
      for (int i = 0; i < OF_CALLER; i++) {
        open.add(new EventReader(service.port(), pathOf(OWNER)));
        assertThat(open.getLast().status()).isEqualTo(200);
      }
      RawHttp.Answer refused = get(pathOf(OWNER));
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.body()).contains("\"too-many-subscriptions\"");
      assertThat(get("/v1/ledgers/" + OWNER).status()).as("other requests are not among them").isEqualTo(200);
    } finally {
      open.forEach(EventReader::close);
    }
    // A closed connection is noticed with the next heartbeat.
    await().atMost(PATIENCE).until(() -> get(pathOf(OWNER) + "?until=now").status() == 200);
  }

  /** What its buffers take is not much; meanwhile the others receive what comes. */
  @Test
  void a_client_that_reads_nothing_is_cut_off_and_keeps_nobody_waiting() throws IOException {
    String big = "{\"type\":\"big.v1\",\"text\":\"" + "x".repeat(500_000) + "\"}";
    try (Socket slow = new Socket(); EventReader own = new EventReader(service.port(), pathOf(NEIGHBOUR))) {
      slow.setReceiveBufferSize(4_096);
      slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
      slow.getOutputStream().write(("GET " + pathOf(NEIGHBOUR) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
          .getBytes(StandardCharsets.UTF_8));
      await().atMost(PATIENCE).until(() -> !own.lastId().isEmpty());
      for (int i = 0; i < 30; i++) {
        PublicTopic.Event event = events.publish(0, NEIGHBOUR, "big.v1", big);
        assertThat(own.next(1)).extracting(Item::data).containsExactly(event.value());
      }
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("/actuator/prometheus").body().lines()
          .filter(line -> line.startsWith("ledger_query_subscriptions")).toList())
          .contains("ledger_query_subscriptions_ended_total{reason=\"not-read\"} 1.0"));
    }
  }
}
