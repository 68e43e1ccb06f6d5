package io.neuronledger.command.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.scene.Feed;
import io.neuronledger.command.scene.Instance;
import io.neuronledger.command.scene.RandomBlocks;
import io.neuronledger.command.scene.ScriptedLanes;
import io.neuronledger.command.scene.Servers;
import io.neuronledger.command.scene.Service;
import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.contracts.event.Lanes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Instances come and go while the chain goes on: each event is stored and published once, by whoever it was. */
class TwoInstancesIT {
  private static final Lanes LANES = new Lanes(4);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ROUNDS = 6;

  private final String database = Servers.freshDatabase();
  private final ScriptedLanes chain = new ScriptedLanes(LANES);
  private final Random random = new Random(20261121);
  private final List<ScriptedLanes.Said> all = new ArrayList<>();

  @Test
  void share_the_lanes_and_take_over_from_one_another() {
    Servers.freshTopics(LANES.count());
    try (Feed feed = new Feed(LANES.count())) {
      Service old = start();
      for (int round = 0; round < ROUNDS; round++) {
        say(feed);
        Service young = start();
        say(feed);
        old.close();
        say(feed);
        old = young;
      }
      await().atMost(PATIENCE).until(() -> stored() == feed.published().size() && nothingIsLeft());
      old.close();
      assertEachOnce(feed.published());
      assertAsIfByOne();
    }
  }

  private Service start() {
    return Service.start(database, LANES.count());
  }

  private void say(Feed feed) {
    List<ScriptedLanes.Said> said = RandomBlocks.of(random, chain.blockTime(), 5).on(chain);
    all.addAll(said);
    feed.say(said);
  }

  private long stored() {
    try (Instance store = Instance.on(database, LANES.count())) {
      return store.jdbc().sql("SELECT count(*) FROM account_event").query(Long.class).single();
    }
  }

  private boolean nothingIsLeft() {
    try (Instance store = Instance.on(database, LANES.count())) {
      return store.jdbc().sql("SELECT sum(next_seq) FROM lane").query(Long.class).single() == all.size();
    }
  }

  private static void assertEachOnce(List<AccountRecord> published) {
    Map<Integer, Long> next = new HashMap<>();
    for (AccountRecord each : published) {
      assertThat(each.seq()).as("lane %d", each.lane()).isEqualTo(next.getOrDefault(each.lane(), 0L));
      next.merge(each.lane(), 1L, Long::sum);
    }
  }

  private void assertAsIfByOne() {
    try (Instance store = Instance.on(database, LANES.count());
        Instance one = Instance.on(Servers.freshDatabase(), LANES.count())) {
      one.take(all);
      for (int lane = 0; lane < LANES.count(); lane++) {
        assertThat(store.events(lane)).isEqualTo(one.events(lane));
      }
    }
  }
}
