package io.neuronledger.command.intake;

import static io.neuronledger.command.scene.Script.deposit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.command.scene.Feed;
import io.neuronledger.command.scene.Http;
import io.neuronledger.command.scene.Instance;
import io.neuronledger.command.scene.ScriptedLanes;
import io.neuronledger.command.scene.Servers;
import io.neuronledger.command.scene.Service;
import io.neuronledger.command.scene.Wallets;
import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.contracts.event.LaneEvent;
import io.neuronledger.contracts.event.Lanes;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.WalletAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the whole service does with a topic that is not as it must be: it says so, and the other lanes go on. */
class IntakeIT {
  private static final Lanes LANES = new Lanes(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final WalletAddress IN_LANE_0 = Wallets.inLane(LANES, 0, 0);
  private static final WalletAddress IN_LANE_1 = Wallets.inLane(LANES, 1, 0);

  private final String database = Servers.freshDatabase();
  private ScriptedLanes chain = new ScriptedLanes(LANES);
  private Feed feed;

  @BeforeEach
  void freshTopics() {
    Servers.freshTopics(LANES.count());
    feed = new Feed(LANES.count());
  }

  @AfterEach
  void stop() {
    feed.close();
  }

  private Service service() {
    return Service.start(database, LANES.count());
  }

  @Test
  void a_hole_stops_the_lane_loudly_and_the_other_goes_on() {
    try (Service service = service()) {
      begin(service);
      chain.skipSeq(0);
      feed.say(chain.fact(deposit(IN_LANE_0, "1")).fact(deposit(IN_LANE_1, "1")).seal().drain());

      awaitStopped(service, "lane 0", "a hole", "expected seq 2, found seq 3");
      await().atMost(PATIENCE).until(() -> sealsIn(1) == 2);
      assertThat(sealsIn(0)).isEqualTo(1);
      assertThat(deposits()).containsExactly(IN_LANE_1);
    }
  }

  @Test
  void a_record_said_twice_stops_the_lane_also_after_a_restart() {
    List<ScriptedLanes.Said> twice = chain.fact(deposit(IN_LANE_0, "1")).seal().drain();
    feed.say(twice);
    feed.say(twice.stream().filter(each -> each.chainRecord().lane() == 0).skip(1).toList());
    feed.say(chain.fact(deposit(IN_LANE_0, "2")).fact(deposit(IN_LANE_1, "2")).seal().drain());
    for (int run = 0; run < 2; run++) {
      try (Service service = service()) {
        awaitStopped(service, "lane 0", "a repetition", "expected seq 3, found seq 1");
        await().atMost(PATIENCE).until(() -> sealsIn(1) == 2);
        assertThat(deposits()).containsExactlyInAnyOrder(IN_LANE_0, IN_LANE_1);
      }
    }
  }

  @Test
  void a_broadcast_that_cannot_be_understood_stops_the_lane() {
    try (Service service = service()) {
      begin(service);
      chain.takeSeq(0);
      feed.sayRaw(0, null, "{\"seq\":2}".getBytes(StandardCharsets.UTF_8));
      feed.say(chain.fact(deposit(IN_LANE_0, "1")).fact(deposit(IN_LANE_1, "1")).seal().drain());

      awaitStopped(service, "lane 0", "seq 2", "cannot be understood and names no owner");
      await().atMost(PATIENCE).until(() -> sealsIn(1) == 2);
      assertThat(deposits()).containsExactly(IN_LANE_1);
    }
  }

  @Test
  void an_owners_record_in_another_lane_stops_that_lane() {
    try (Service service = service()) {
      begin(service);
      ScriptedLanes.Said wrong = new ScriptedLanes(new Lanes(1)).seal().fact(deposit(IN_LANE_1, "1")).drain().getLast();
      feed.sayRaw(0, IN_LANE_1.value(), Feed.JSON.writeValueAsBytes(wrong.chainRecord()));

      awaitStopped(service, "lane 0", "wrong lane");
      assertThat(deposits()).isEmpty();
    }
  }

  /** The offset beside the position is a hint: the seq decides. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4, 1_000_000})
  void a_wrong_stored_offset_is_found_out_and_nothing_is_lost_or_comes_twice(long offset) {
    chain.fact(deposit(IN_LANE_0, "1")).fact(deposit(IN_LANE_1, "1")).seal();
    feed.say(chain.fact(deposit(IN_LANE_0, "2")).fact(deposit(IN_LANE_1, "2")).seal().drain());
    try (Service service = service()) {
      await().atMost(PATIENCE).until(() -> sealsIn(0) == 2 && sealsIn(1) == 2);
      assertReady(service);
    }
    feed.say(chain.fact(deposit(IN_LANE_0, "3")).seal().drain());
    try (Instance store = Instance.on(database, LANES.count())) {
      store.jdbc().sql("UPDATE lane SET next_offset = :offset").param("offset", offset).update();
    }
    try (Service service = service()) {
      await().atMost(PATIENCE).until(() -> sealsIn(0) == 3 && sealsIn(1) == 3);
      assertReady(service);
    }
    assertThat(deposits()).containsExactlyInAnyOrder(IN_LANE_0, IN_LANE_0, IN_LANE_0, IN_LANE_1, IN_LANE_1);
  }

  /** The same chain, the same lanes, the same length: only the contract is another. */
  @Test
  void a_store_with_data_refuses_the_topic_of_another_deployment_at_start() {
    feed.say(chain.fact(deposit(IN_LANE_0, "1")).fact(deposit(IN_LANE_1, "1")).seal().drain());
    try (Service service = service()) {
      await().atMost(PATIENCE).until(() -> sealsIn(0) == 1 && sealsIn(1) == 1);
      assertReady(service);
    }
    feed.close();
    Servers.freshTopics(LANES.count());
    feed = new Feed(LANES.count());
    chain = new ScriptedLanes(LANES, Wallets.wallet(888_888));
    feed.say(chain.fact(deposit(IN_LANE_0, "7")).fact(deposit(IN_LANE_1, "7")).seal()
        .fact(deposit(IN_LANE_0, "7")).fact(deposit(IN_LANE_1, "7")).seal().drain());
    try (Service service = service()) {
      awaitStopped(service, "lane 0", "another deployment", ScriptedLanes.CONTRACT.value());
      awaitStopped(service, "lane 1", "another deployment", Wallets.wallet(888_888).value());
      int stored = service.bean(JdbcClient.class).sql("SELECT count(*) FROM account_event").query(Integer.class).single();
      assertThat(stored).isEqualTo(6);
    }
  }

  @Test
  void a_kafka_that_has_lost_what_the_store_recorded_is_said() {
    feed.say(chain.fact(deposit(IN_LANE_0, "1")).seal().drain());
    try (Service service = service()) {
      await().atMost(PATIENCE).until(() -> sealsIn(0) == 1 && sealsIn(1) == 1);
      assertReady(service);
    }
    feed.close();
    Servers.freshTopics(LANES.count());
    feed = new Feed(LANES.count());
    try (Service service = service()) {
      awaitStopped(service, "lane 0", "ends at seq 0", "recorded it up to seq 2");
    }
  }

  private void begin(Service service) {
    feed.say(chain.seal().drain());
    await().atMost(PATIENCE).until(() -> sealsIn(0) == 1 && sealsIn(1) == 1);
    assertReady(service);
  }

  private static void assertReady(Service service) {
    await().atMost(PATIENCE).untilAsserted(() ->
        assertThat(Http.get(service.url("/actuator/health/readiness")).status()).isEqualTo(200));
    assertThat(stopped(service)).isZero();
  }

  /** Readiness says it, and so does the metric. */
  private static void awaitStopped(Service service, String... words) {
    await().atMost(PATIENCE).untilAsserted(() -> {
      Http.Answer health = Http.get(service.url("/actuator/health/readiness"));
      assertThat(health.status()).isEqualTo(503);
      assertThat(health.body().at("/components/intake/details/troubles").toString()).contains("STOPPED").contains(words);
      assertThat(stopped(service)).isPositive();
    });
  }

  private static double stopped(Service service) {
    return service.bean(MeterRegistry.class).get("ledger.command.lanes.stopped").gauge().value();
  }

  private long sealsIn(int lane) {
    return feed.published().stream().filter(each -> each.lane() == lane)
        .filter(each -> each.event() instanceof LaneEvent.BlockSealed).count();
  }

  private List<WalletAddress> deposits() {
    return feed.published().stream().map(AccountRecord::event).filter(LedgerEvent.FundsDeposited.class::isInstance)
        .map(each -> ((LedgerEvent.FundsDeposited) each).owner()).toList();
  }
}
