package io.neuronledger.query.alert.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.neuronledger.contracts.topic.event.EventTopic;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.alert.store.AlertStore;
import io.neuronledger.query.alert.store.AlertStore.Numbered;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Publishes recorded alerts in the order of their numbers, as CloudEvents in Kafka's binary mode. What is published is
 * noted after Kafka has it: after a crash between the two an alert comes again, under the same number and with the same
 * bytes. Instances take turns. The content is published as it was written, also by a version that knows more forms.
 */
public final class AlertPublisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AlertPublisher.class);
  private static final int AT_ONCE = 500;

  private final DSLContext writer;
  private final AlertStore store;
  private final Supplier<OptionalLong> chain;
  private final Producer<byte[], byte[]> producer;
  private final JsonMapper json;

  /**
   * @param writer writes beside the generations
   * @param chain the EIP-155 id of the chain, once it is known
   * @param producer closed by this class
   */
  public AlertPublisher(DSLContext writer, AlertStore store, Supplier<OptionalLong> chain,
      Producer<byte[], byte[]> producer, JsonMapper json) {
    this.writer = writer;
    this.store = store;
    this.chain = chain;
    this.producer = producer;
    this.json = json;
  }

  /**
   * Publishes what is there; nothing while another instance does.
   *
   * @return whether there may be more
   * @throws KafkaException if Kafka does not take it; the next attempt publishes it
   */
  public boolean publish() {
    OptionalLong chainId = chain.get();
    return chainId.isPresent() && writer.transactionResult(transaction -> {
      DSLContext db = transaction.dsl();
      return store.tryLockPublishing(db) && publish(chainId.getAsLong(), db);
    });
  }

  private boolean publish(long chainId, DSLContext db) {
    List<Numbered> next = store.unpublished(AT_ONCE, db);
    List<Future<RecordMetadata>> sent = next.stream().flatMap(each -> record(each, chainId).stream())
        .map(producer::send).toList();
    sent.forEach(AlertPublisher::await);
    next.forEach(each -> store.published(each.partition(), each.seq(), db));
    return next.size() == AT_ONCE;
  }

  private static void await(Future<RecordMetadata> sent) {
    try {
      var _ = sent.get();
    } catch (ExecutionException e) {
      throw new KafkaException("an alert was not published", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Empty where nothing can be published under the number: that ends no other alert. */
  private Optional<ProducerRecord<byte[], byte[]>> record(Numbered numbered, long chainId) {
    if (numbered.content().isEmpty()) {
      log.error("the alert {} of partition {} is not published: its stored content is damaged", numbered.seq(),
          numbered.partition());
    }
    return numbered.content().map(content -> record(numbered, content, chainId));
  }

  /** In the form of {@link io.neuronledger.contracts.view.alert.AlertRecord}. */
  private ProducerRecord<byte[], byte[]> record(Numbered numbered, JsonNode alert, long chainId) {
    String owner = numbered.owner().map(WalletAddress::value).orElse("");
    String recordedAt = alert.path("recorded_at").asString();
    ObjectNode record = json.createObjectNode().put("chain_id", chainId).put("partition", numbered.partition())
        .put("seq", numbered.seq()).put("recorded_at", recordedAt);
    record.set("alert", alert);
    ProducerRecord<byte[], byte[]> published = new ProducerRecord<>(EventTopic.ALERTS.topic(), numbered.partition(),
        owner.getBytes(UTF_8), json.writeValueAsBytes(record));
    Headers headers = published.headers();
    add(headers, "ce_specversion", "1.0");
    add(headers, "ce_id", numbered.partition() + "-" + numbered.seq());
    add(headers, "ce_source", EventTopic.ALERTS.source(chainId));
    add(headers, "ce_type", numbered.type());
    if (!owner.isEmpty()) {
      add(headers, "ce_subject", owner);
    }
    add(headers, "ce_time", recordedAt);
    add(headers, "content-type", "application/json");
    return published;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
