package io.neuronledger.query.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.foundation.partitionlog.reader.RecordSequence;
import io.neuronledger.foundation.partitionlog.reader.SequencedTopic;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.partition.change.Partition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * Why ledger-query is upgraded before ledger-command: a type of event that it does not know stops the owner, or the
 * whole partition.
 */
class NewEventTypeTest {
  private static final SequencedTopic<AccountRecord> TOPIC =
      new SequencedTopic<>(Topics.ACCOUNT_EVENTS, new Partitions(1), "ledger-command", AccountRecord.class);

  private final List<AccountRecord> records =
      AccountEventScript.started(0, 1).deposit(Wallets.wallet(1), Neuron.parse("7")).seal().records();

  /** After the records, with another name in place of a type. */
  private PartitionReducer reduced(String type, String later) {
    List<ConsumerRecord<byte[], byte[]>> delivered =
        records.stream().map(each -> delivered(each, type, later)).toList();
    return new PartitionReducer(Partition.untouched(0), Optional.empty(), Set.of(), _ -> Optional.empty())
        .processAll(new RecordSequence<>(TOPIC, 0, 0).next(delivered, 0));
  }

  private static ConsumerRecord<byte[], byte[]> delivered(AccountRecord record, String type, String later) {
    byte[] json = bytes(TopicJson.MAPPER.writeValueAsString(record).replace(type, later));
    return PartitionStream.keyOf(record)
        .map(owner -> new ConsumerRecord<>(Topics.ACCOUNT_EVENTS, 0, record.seq(), bytes(owner.value()), json))
        .orElseGet(() -> new ConsumerRecord<>(Topics.ACCOUNT_EVENTS, 0, record.seq(), null, json));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void what_it_knows_is_read() {
    PartitionReducer reducer = reduced("funds-deposited.v1", "funds-deposited.v1");
    assertThat(reducer.poison()).isEmpty();
    assertThat(reducer.partition().stopped()).isEmpty();
    assertThat(reducer.partition().seal()).isPresent();
  }

  @Test
  void an_owners_event_of_a_new_type_stops_the_owner() {
    PartitionReducer reducer = reduced("funds-deposited.v1", "funds-lent.v1");
    assertThat(reducer.poison()).singleElement().satisfies(found ->
        assertThat(found.owner()).isEqualTo(Wallets.wallet(1)));
    assertThat(reducer.partition().stopped()).isEmpty();
  }

  @Test
  void a_partitions_event_of_a_new_type_stops_the_partition() {
    PartitionReducer reducer = reduced("block-sealed.v1", "block-sealed.v2");
    assertThat(reducer.partition().stopped()).isPresent();
    assertThat(reducer.partition().nextSeq()).isEqualTo(2);
  }
}
