package io.neuronledger.cli;

import static org.awaitility.Awaitility.await;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.client.TokenSource;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.LedgerQuery;
import io.neuronledger.testkit.servers.KafkaBroker;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** ledger-query on real servers, with one partition and a publisher for it. */
final class RunningQuery implements AutoCloseable {
  static final long CHAIN_ID = 31_337;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final PostgresServer postgres = PostgresServer.startTemporary();
  private final KafkaBroker kafka = KafkaBroker.startTemporary();
  private final ConfigurableApplicationContext service = LedgerQuery.application().run(Stream.concat(
      Stream.of("--server.port=0", "--neuron-ledger.access.open=true", "--" + TokenIssuer.API_KEYS_SETTING,
          "--neuron-ledger.rate.burst=100000",
          "--neuron-ledger.kafka.bootstrap-servers=" + kafka.bootstrapServers(), "--neuron-ledger.partitions=1"),
      postgres.database("query").arguments().stream()).toArray(String[]::new));
  private final JsonMapper json = service.getBean(JsonMapper.class);
  private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
      Map.of("bootstrap.servers", kafka.bootstrapServers()), new ByteArraySerializer(), new ByteArraySerializer());
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private final Deployment deployment = new Deployment(CHAIN_ID, "account-ledger", List.of(), 1, 1, 1);
  private long nextSeq;
  private long blocks;

  RunningQuery() {
    publish(Optional.empty(), new PartitionEvent.DeploymentDeclared(deployment));
  }

  String url() {
    return "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
  }

  LedgerApi api() {
    return new LedgerApi(url(), TokenSource.none());
  }

  /** Publishes a record; returns its JSON as stored in the topic. */
  byte[] publish(Optional<WalletAddress> owner, AccountEvent event) {
    byte[] value = json.writeValueAsBytes(new AccountRecord(CHAIN_ID, 0, nextSeq,
        owner.map(each -> "ledger:" + each).orElse("partition:0"), nextSeq, Instant.EPOCH, event));
    send(owner, value);
    return value;
  }

  /** Publishes a malformed record. */
  long sayNonsense(WalletAddress owner) {
    send(Optional.of(owner), ("{\"seq\":" + nextSeq + "}").getBytes(StandardCharsets.UTF_8));
    return nextSeq - 1;
  }

  /** Writes a record of another topic, by hand. */
  void write(String topic, int partition, byte[] value) {
    sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
    producer.flush();
    sent.getLast().resultNow();
  }

  private void send(Optional<WalletAddress> owner, byte[] value) {
    sent.add(producer.send(new ProducerRecord<>(Topics.ACCOUNT_EVENTS, 0,
        owner.map(each -> each.value().getBytes(StandardCharsets.UTF_8)).orElse(null), value)));
    nextSeq++;
  }

  /** Seals the blocks up to this one, and waits until answers are as of it. */
  RunningQuery seal(long from, long to) {
    for (long block = from; block <= to; block++) {
      BlocksRecord.Block sealed =
          new BlocksRecord.Block(block, hash(block), Instant.EPOCH.plusSeconds(block), Map.of(0, nextSeq));
      sent.add(producer.send(new ProducerRecord<>(Topics.BLOCKS, 0, null, json.writeValueAsBytes(
          new BlocksRecord(CHAIN_ID, blocks, 0, Optional.empty(), hash(block - 1), block - 1, List.of(sealed),
              blocks++ == 0 ? Optional.of(deployment) : Optional.empty())))));
      publish(Optional.empty(),
          new PartitionEvent.BlockSealed(block, sealed.hash(), sealed.time(), 0, block - 1, nextSeq));
    }
    producer.flush();
    sent.forEach(Future::resultNow);
    await().atMost(PATIENCE)
        .until(() -> json.readTree(api().get("/v1/status").body()).at("/as_of/block").asLong() == to);
    return this;
  }

  private static Hash hash(long block) {
    return new Hash("0x" + String.format("%064x", block));
  }

  Connection database() throws SQLException {
    return postgres.superuser().on(postgres.jdbcUrl("query")).getConnection();
  }

  @Override
  public void close() {
    producer.close();
    service.close();
    kafka.close();
    postgres.close();
  }
}
