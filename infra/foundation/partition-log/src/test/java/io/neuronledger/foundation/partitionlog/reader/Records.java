package io.neuronledger.foundation.partitionlog.reader;

import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Records of a topic with two partitions, as Kafka delivers them. */
final class Records {
  static final SequencedTopic<AccountRecord> TOPIC =
      new SequencedTopic<>(Topics.ACCOUNT_EVENTS, new Partitions(2), "ledger-command", AccountRecord.class);

  private Records() {}

  /** An owner of the partition. */
  static WalletAddress owner(int partition) {
    return IntStream.range(0, 100).mapToObj(number -> new WalletAddress("0x" + String.format("%040x", number)))
        .filter(owner -> TOPIC.partitions().of(owner) == partition).findFirst().orElseThrow();
  }

  /** A record of the whole partition, which releases an owner. */
  static ConsumerRecord<byte[], byte[]> record(int partition, long offset, long seq) {
    return record(partition, offset, null, new AccountRecord(1, partition, seq, "partition:" + partition, seq,
        Instant.EPOCH, new PartitionEvent.OwnerReleased(owner(partition))));
  }

  static ConsumerRecord<byte[], byte[]> record(int partition, long offset, @Nullable WalletAddress key,
      AccountRecord record) {
    return raw(partition, offset, key, TopicJson.MAPPER.writeValueAsBytes(record));
  }

  static ConsumerRecord<byte[], byte[]> raw(int partition, long offset, @Nullable WalletAddress key, byte[] value) {
    return new ConsumerRecord<>(TOPIC.name(), partition, offset,
        key == null ? null : key.value().getBytes(StandardCharsets.UTF_8), value);
  }
}
