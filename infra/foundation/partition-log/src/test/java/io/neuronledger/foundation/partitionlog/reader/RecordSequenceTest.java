package io.neuronledger.foundation.partitionlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordSequenceTest {
  private static final byte[] NO_JSON = {'{'};

  @Test
  void records_before_the_stored_seq_are_counted_only() {
    RecordSequence<AccountRecord> sequence = new RecordSequence<>(Records.TOPIC, 0, 0);
    PartitionBatch<AccountRecord> batch =
        sequence.next(List.of(Records.record(0, 0, 0), Records.record(0, 2, 1), Records.record(0, 4, 2)), 2);
    assertThat(batch.records()).extracting(Delivered::seq).containsExactly(2L);
    assertThat(batch.halt()).isEmpty();
    assertThat(sequence.nextSeq()).isEqualTo(3);
  }

  @Test
  void a_hole_and_a_repetition_end_the_batch_after_the_records_before_them() {
    assertHalt(Records.record(0, 9, 7), "offset 9: a hole: expected seq 6, found seq 7");
    assertHalt(Records.record(0, 9, 5), "offset 9: a repetition: expected seq 6, found seq 5");
  }

  @Test
  void a_record_in_the_wrong_place_ends_the_batch() {
    assertHalt(Records.record(0, 9, Records.owner(0), parsed(Records.record(0, 9, 6))), "has a key");
    assertHalt(Records.record(0, 9, null, parsed(Records.record(1, 9, 6))), "it names partition 1");
    assertHalt(Records.record(0, 9, Records.owner(1), parsed(Records.record(0, 9, 6))), "no owner of this partition");
  }

  @Test
  void a_malformed_record_counts_as_the_next_one_if_its_key_is_an_owner_of_the_partition() {
    RecordSequence<AccountRecord> sequence = new RecordSequence<>(Records.TOPIC, 0, 6);
    PartitionBatch<AccountRecord> batch = sequence.next(List.of(Records.raw(0, 9, Records.owner(0), NO_JSON)), 6);
    assertThat(batch.records()).singleElement()
        .satisfies(next -> assertThat(next.parsed()).isInstanceOf(ParsedRecord.Malformed.class))
        .satisfies(next -> assertThat(next.seq()).isEqualTo(6));
    assertHalt(Records.raw(0, 9, Records.owner(1), NO_JSON), "its key is no owner of this partition");
    assertHalt(Records.raw(0, 9, null, NO_JSON), "its key is no owner of this partition");
  }

  private static void assertHalt(ConsumerRecord<byte[], byte[]> second, String reason) {
    RecordSequence<AccountRecord> sequence = new RecordSequence<>(Records.TOPIC, 0, 5);
    PartitionBatch<AccountRecord> batch = sequence.next(List.of(Records.record(0, 7, 5), second), 5);
    assertThat(batch.records()).hasSize(1);
    assertThat(batch.halt()).hasValueSatisfying(halt ->
        assertThat(halt).startsWith("ledger.account-events.v1, partition 0, offset 9: ").contains(reason));
    assertThat(sequence.nextSeq()).isEqualTo(6);
  }

  private static AccountRecord parsed(ConsumerRecord<byte[], byte[]> record) {
    return ((ParsedRecord.Valid<AccountRecord>) Records.TOPIC.parser().parse(record.value())).value();
  }
}
