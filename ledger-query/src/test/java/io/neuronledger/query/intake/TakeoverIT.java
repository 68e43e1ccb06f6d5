package io.neuronledger.query.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.foundation.partitionlog.reader.PartitionReaders;
import io.neuronledger.foundation.partitionlog.reader.SequencedTopic;
import io.neuronledger.query.audit.EntryProjection;
import io.neuronledger.query.balance.BalanceProjection;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.generation.Generations;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.TestKafka;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

/** An instance is paused with a polled batch; another takes over its partitions; the first resumes. */
class TakeoverIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String GROUP = "takeover";

  @Test
  void a_paused_instance_changes_nothing_when_it_resumes() {
    try (PostgresServer postgres = PostgresServer.startTemporary();
        HikariDataSource pool = pool(postgres.database("takeover")); Topic topic = new Topic(1)) {
      ServiceDatabase database = postgres.database("takeover");
      Generations generations = new Generations(pool, database.migrating().on(database.url()), "read_model");
      generations.migrate();
      DSLContext db = generations.forWrites();
      db.transaction(transaction -> new PartitionStore(QueryFixture.JSON).prepare(1, transaction.dsl()));
      AccountEventScript script = AccountEventScript.started(0, 1);
      for (int i = 0; i < 20; i++) {
        script.deposit(Wallets.wallet(1), Neuron.parse("1")).seal();
      }
      Pause pause = new Pause();
      AtomicInteger processedByPaused = new AtomicInteger();
      PartitionReaders<AccountRecord> paused = start(db, pause.after(consumer()), processedByPaused);
      topic.publish(script.records());
      await().atMost(TIMEOUT).until(() -> pause.pollsAtPause.get() > 0);

      AtomicInteger processedByOther = new AtomicInteger();
      PartitionReaders<AccountRecord> other = start(db, consumer(), processedByOther);
      await().atMost(TIMEOUT).until(() -> nextSeq(db) == script.records().size());
      List<String> before = rows(db);
      assertThat(before).hasSize(20);

      pause.over.countDown();
      await().atMost(TIMEOUT).until(() -> pause.polls.get() > pause.pollsAtPause.get() + 2);
      assertThat(processedByPaused).hasValue(0);
      assertThat(processedByOther).hasValue(20);
      assertThat(rows(db)).isEqualTo(before);
      other.close();
      script.deposit(Wallets.wallet(1), Neuron.parse("1")).seal();
      topic.publish(script.records().subList(script.records().size() - 2, script.records().size()));
      await().atMost(TIMEOUT).until(() -> nextSeq(db) == script.records().size());
      assertThat(processedByPaused).hasValue(1);
      paused.close();
    }
  }

  private static PartitionReaders<AccountRecord> start(DSLContext db, Consumer<byte[], byte[]> consumer,
      AtomicInteger processed) {
    PartitionStore partitions = new PartitionStore(QueryFixture.JSON);
    BatchWriter writer = new BatchWriter(db, partitions,
        List.of(new BalanceProjection(QueryFixture.JSON), new EntryProjection()), letters -> { });
    AccountEventIntake intake =
        new AccountEventIntake(writer, partitions, db, batch -> processed.addAndGet(batch.events()));
    SequencedTopic<AccountRecord> topic = new SequencedTopic<>(Topics.ACCOUNT_EVENTS, new Partitions(1),
        "ledger-command", AccountRecord.class);
    return new PartitionReaders<>(topic, intake, AccountEventIntake.SETTINGS,
        new PartitionProgress(Clock.systemUTC()), Clock.systemUTC(), () -> consumer).start(1, () -> true);
  }

  /** The group removes a member that does not poll for three seconds. */
  private static Consumer<byte[], byte[]> consumer() {
    Map<String, Object> config = new HashMap<>(Map.of("bootstrap.servers", TestKafka.bootstrapServers(),
        "group.id", GROUP, "isolation.level", "read_committed", "enable.auto.commit", false,
        "auto.offset.reset", "none", "max.poll.interval.ms", 3_000, "max.poll.records", 4_000));
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static HikariDataSource pool(ServiceDatabase database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.running().on(database.url()));
    return new HikariDataSource(config);
  }

  private static long nextSeq(DSLContext db) {
    return db.transactionResult(transaction -> transaction.dsl().resultQuery("SELECT next_seq FROM partition")
        .fetchSingle(row -> row.get(0, Long.class)));
  }

  private static List<String> rows(DSLContext db) {
    return db.transactionResult(transaction -> transaction.dsl()
        .resultQuery("SELECT entry::text FROM entry ORDER BY seq").fetch(0, String.class));
  }

  /** Stops a consumer's thread at the first poll with records, before they are processed. */
  private static final class Pause {
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger pollsAtPause = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    @SuppressWarnings("unchecked") // A proxy of exactly this interface.
    private Consumer<byte[], byte[]> after(Consumer<byte[], byte[]> real) {
      return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(Pause.class.getClassLoader(),
          new Class<?>[] {Consumer.class}, (_, method, arguments) -> {
            Object result = method.invoke(real, arguments);
            if (method.getName().equals("poll")) {
              int nth = polls.incrementAndGet();
              if (!((ConsumerRecords<?, ?>) result).isEmpty() && pollsAtPause.compareAndSet(0, nth)) {
                over.await();
              }
            }
            return result;
          });
    }
  }
}
