package io.neuronledger.indexer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.indexer.follow.state.IndexerState;
import io.neuronledger.indexer.follow.state.Progress;
import io.neuronledger.indexer.publish.form.StateRecord;
import io.neuronledger.indexer.publish.form.TransactionRecords;
import io.neuronledger.testkit.servers.FreePort;
import io.neuronledger.testkit.servers.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crashes, fencing and broker outages: every record once, in order. */
class ExactlyOnceIT {
  private final ScriptedScene scene = new ScriptedScene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void a_restart_goes_on_where_it_stopped() {
    for (int run = 0; run < 3; run++) {
      scene.mine(40);
      try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
        scene.awaitHead(published);
        scene.assertMirrors(published);
        Map<String, String> state =
            StateStore.load(Indexer.kafka(scene.options.bootstrapServers), scene.options.destination);
        assertThat(IndexerState.of(state).cursor().orElseThrow().nextBlocksSeq())
            .isEqualTo(published.blocks().records().size());
      }
    }
  }

  /**
   * The writer died between its sends and its commit: its records stay invisible, and the next one writes them once.
   */
  @Test
  void half_a_transaction_of_a_crashed_writer_is_never_seen() {
    scene.mine(10);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
    }
    scene.mine(10);
    Destination destination = scene.options.destination;
    Producer<byte[], byte[]> crashed =
        Indexer.kafka(scene.options.bootstrapServers).transactional(destination.identity());
    crashed.initTransactions();
    crashed.beginTransaction();
    byte[] bytes = "half".getBytes(StandardCharsets.UTF_8);
    for (int partition = 0; partition < scene.options.partitions; partition++) {
      var _ = crashed.send(new ProducerRecord<>(destination.events(), partition, bytes, bytes));
    }
    var _ = crashed.send(new ProducerRecord<>(destination.blocks(), 0, bytes, bytes));
    byte[] cursor = "cursor".getBytes(StandardCharsets.UTF_8);
    var _ = crashed.send(new ProducerRecord<>(destination.state(), 0, cursor, bytes));
    crashed.flush();
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      scene.assertMirrors(published);
    } finally {
      crashed.close(Duration.ZERO);
    }
  }

  @Test
  void a_fenced_writer_writes_nothing_and_loads_the_state_again() {
    scene.mine(10);
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      for (int i = 0; i < 5; i++) {
        ChainEventPublisher.open(Indexer.kafka(scene.options.bootstrapServers), scene.options.destination).close();
        scene.mine(10);
        scene.awaitHead(published);
        scene.assertMirrors(published);
      }
      assertThat(indexer.progress().role()).isEqualTo(Progress.Role.LEADING);
    }
  }

  @Test
  void the_fenced_writer_gets_an_exception() {
    Destination destination = scene.options.destination;
    KafkaClients kafka = Indexer.kafka(scene.options.bootstrapServers);
    declare(kafka, destination, scene.options.partitions);
    try (ChainEventPublisher old = ChainEventPublisher.open(kafka, destination)) {
      old.publish(transaction(0, new StateRecord("a", Optional.of("1")), new StateRecord("b", Optional.of("1"))));
      try (ChainEventPublisher fresh = ChainEventPublisher.open(kafka, destination)) {
        assertThatThrownBy(() -> old.publish(transaction(1, new StateRecord("a", Optional.of("2")))))
            .isInstanceOf(PublisherFenced.class);
        fresh.publish(transaction(1, new StateRecord("b", Optional.empty())));
      }
    }
    assertThat(StateStore.load(kafka, destination)).containsOnlyKeys("a").containsEntry("a", "1");
  }

  /** One empty block. */
  private static TransactionRecords transaction(long seq, StateRecord... state) {
    BlockRef block = BlockRef.BEFORE_GENESIS;
    return new TransactionRecords(List.of(), new BlocksRecord(1, seq, 0, Optional.empty(), Hash.keccak256("before"), -1,
        List.of(new BlocksRecord.Block(block.number(), block.hash(), block.time(), Map.of())), Optional.empty()),
        List.of(state));
  }

  @Test
  void the_passive_instance_takes_over() {
    scene.mine(10);
    try (Published published = scene.published(); Indexer second = secondBehindAFirst(published)) {
      scene.mine(10);
      scene.awaitHead(published);
      scene.assertMirrors(published);
      assertThat(second.progress().role()).isEqualTo(Progress.Role.LEADING);
    }
  }

  /** Started while another one leads, which then stops. */
  private Indexer secondBehindAFirst(Published published) {
    try (Indexer first = Indexer.start(scene.options)) {
      scene.awaitHead(published);
      Indexer second = Indexer.start(scene.options);
      ScriptedScene.awaitProgress(second, view -> view.role() == Progress.Role.PASSIVE);
      scene.mine(10);
      scene.awaitHead(published);
      assertThat(first.progress().role()).isEqualTo(Progress.Role.LEADING);
      assertThat(second.progress().role()).isEqualTo(Progress.Role.PASSIVE);
      return second;
    }
  }

  @Test
  void kafka_may_go_away_and_come_back(@TempDir Path folder) {
    int port = FreePort.find();
    KafkaBroker broker = KafkaBroker.start(folder, port);
    scene.options.bootstrapServers = broker.bootstrapServers();
    scene.mine(20);
    try (Indexer indexer = Indexer.start(scene.options)) {
      ScriptedScene.awaitProgress(indexer, view -> view.published() == 20);
      broker.close();
      scene.mine(20);
      ScriptedScene.awaitProgress(indexer, view -> view.failure().orElse("").contains("Kafka"));
      broker = KafkaBroker.start(folder, port);
      try (Published published = scene.published()) {
        scene.awaitHead(published);
        scene.assertMirrors(published);
      }
    } finally {
      broker.close();
    }
  }

  @Test
  void an_indexer_may_be_started_before_kafka(@TempDir Path folder) {
    int port = FreePort.find();
    scene.options.bootstrapServers = "127.0.0.1:" + port;
    scene.mine(20);
    try (Indexer indexer = Indexer.start(scene.options)) {
      ScriptedScene.awaitProgress(indexer, view -> view.failure().orElse("").contains("Kafka"));
      try (KafkaBroker _ = KafkaBroker.start(folder, port); Published published = scene.published()) {
        scene.awaitHead(published);
        scene.assertMirrors(published);
      }
    }
  }

  /**
   * The state grows with the owners only: each is stored, so that a ledger which is no longer listed is published as
   * closed.
   */
  @Test
  void the_state_does_not_grow_with_the_chain() {
    scene.mine(300);
    scene.node.finalise(290);
    Set<String> owners = new HashSet<>();
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      published.livingFacts().forEach(record ->
          owners.add("decoder/owner/" + ((ChainEvent.OwnerFact) record.event()).owner()));
    }
    KafkaClients kafka = Indexer.kafka(scene.options.bootstrapServers);
    await().untilAsserted(() -> assertThat(StateStore.load(kafka, scene.options.destination))
        .hasSize(12 + owners.size()).containsKeys("cursor", "guard/1", "block/291", "block/300")
        .containsKeys(owners.toArray(String[]::new)));
  }

  @Test
  void topics_keep_what_they_must() {
    KafkaClients kafka = Indexer.kafka(scene.options.bootstrapServers);
    Destination destination = scene.options.destination;
    declare(kafka, destination, 3);
    declare(kafka, destination, 3);
    assertThatThrownBy(() -> declare(kafka, destination, 4)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has 3 partitions, but NEURON_LEDGER_PARTITIONS requires 4");
  }

  private static void declare(KafkaClients kafka, Destination destination, int partitions) {
    new TopicDeclaration(kafka, destination.topics(), List.of(), new Partitions(partitions),
        TopicDeclaration.REPLICAS_DEFAULT)
        .require();
  }
}
