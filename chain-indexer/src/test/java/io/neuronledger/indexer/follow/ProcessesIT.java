package io.neuronledger.indexer.follow;

import static org.awaitility.Awaitility.await;

import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.indexer.fixture.IndexerProcess;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.indexer.follow.state.Progress;
import io.neuronledger.testkit.servers.FreePort;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service as it runs: processes that are killed and paused at any moment. */
class ProcessesIT {
  private static final Logger log = LoggerFactory.getLogger(ProcessesIT.class);

  private final ScriptedScene scene = ScriptedScene.onOwnBroker();
  private Path folder;

  @BeforeEach
  void start(@TempDir Path temporary) {
    folder = temporary;
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  /** The leader is paused for longer than the group's timeout: when it resumes, it is fenced. */
  @Test
  void a_paused_leader_that_wakes_up_changes_nothing() {
    scene.mine(50);
    try (Published published = scene.published(); IndexerProcess first = process()) {
      await().atMost(Duration.ofMinutes(2)).until(() -> published.refresh().newest() == 50);
      first.pause();
      try (Indexer second = Indexer.start(scene.options)) {
        scene.mine(50);
        scene.awaitHead(published);
        scene.chain.lose(5);
        scene.mine(10);
        scene.awaitHead(published);
        first.resume();
        scene.mine(20);
        scene.awaitHead(published);
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> {
          published.refresh().assertWellFormed(1);
          return first.isAlive() && second.progress().role() == Progress.Role.LEADING;
        });
        scene.assertMirrors(published);
      }
      scene.mine(5);
      scene.awaitHead(published);
      scene.assertMirrors(published);
    }
  }

  @Test
  void killed_at_any_moment_loses_nothing_and_repeats_nothing() {
    long seed = System.nanoTime();
    log.info("seed {}", seed);
    SplittableRandom random = new SplittableRandom(seed);
    scene.options.blocksPerStep = 3;
    scene.mine(300);
    try (Published published = scene.published()) {
      long before = -1;
      for (int kill = 0; kill < 6; kill++) {
        try (IndexerProcess process = process()) {
          long some = before + 1 + random.nextInt(40);
          await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(1 + random.nextInt(30)))
              .until(() -> published.refresh().newest() >= some);
          process.kill();
        }
        before = published.refresh().newest();
        published.assertWellFormed(1);
        scene.chain.lose(random.nextInt(20));
        scene.mine(20 + random.nextInt(30));
      }
      try (IndexerProcess _ = process()) {
        scene.awaitHead(published);
        scene.assertMirrors(published);
      }
    }
  }

  private IndexerProcess process() {
    return IndexerProcess.start(folder.resolve("indexer.log"), List.of(
        "server.port=" + FreePort.find(),
        "neuron-ledger.kafka.bootstrap-servers=" + scene.options.bootstrapServers,
        "neuron-ledger.kafka.session-timeout=PT6S",
        "neuron-ledger.access.open=true",
        TokenIssuer.API_KEYS_SETTING,
        "neuron-ledger.rpc.urls=" + scene.node.url(),
        "neuron-ledger.contract=" + ScriptedScene.CONTRACT,
        "neuron-ledger.start-block=1",
        "neuron-ledger.partitions=" + scene.options.partitions,
        "neuron-ledger.follow.blocks-per-step-max=" + scene.options.blocksPerStep,
        "neuron-ledger.follow.polling-interval=PT0.05S"));
  }
}
