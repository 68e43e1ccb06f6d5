package io.neuronledger.command.intake;

import io.neuronledger.command.lane.ChainRecordReader;
import io.neuronledger.command.lane.LaneMemory;
import io.neuronledger.command.lane.LaneRecord;
import io.neuronledger.command.lane.LaneWork;
import io.neuronledger.contracts.event.Lanes;
import io.neuronledger.contracts.event.Topics;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One lane while this instance has it: where its consumer stands, and what is remembered of it. */
final class AssignedLane {
  private final int lane;
  private final Lanes lanes;
  private final int unitMax;
  private final LaneWork work;
  private final ChainRecordReader records;
  private @Nullable LaneMemory memory;
  private @Nullable LaneReader reader;

  AssignedLane(int lane, Lanes lanes, int unitMax, LaneWork work, ChainRecordReader records) {
    this.lane = lane;
    this.lanes = lanes;
    this.unitMax = unitMax;
    this.work = work;
    this.records = records;
  }

  TopicPartition partition() {
    return new TopicPartition(Topics.CHAIN_EVENTS, lane);
  }

  /** Goes to where the store says that the lane stands. */
  void open(Consumer<byte[], byte[]> consumer) {
    LaneMemory stored = work.remember(lane);
    memory = stored;
    reader = new LaneReader(lane, lanes, records, stored.nextSeq());
    consumer.seek(partition(), stored.nextOffset());
    consumer.resume(List.of(partition()));
  }

  /** Finds the lane's place by counting from its first record: the stored offset does not lead to it. */
  void openFromBeginning(Consumer<byte[], byte[]> consumer) {
    memory = work.remember(lane);
    reader = new LaneReader(lane, lanes, records, 0);
    consumer.seekToBeginning(List.of(partition()));
    consumer.resume(List.of(partition()));
  }

  /** Whether the stored offset was a wrong hint: not even the first record behind it was the one that was due. */
  boolean isMisplaced() {
    return reader != null && !reader.hasFound();
  }

  /**
   * Records what was delivered, each unit of work at most {@code unitMax} records.
   *
   * @return how many were new
   */
  int take(List<ConsumerRecord<byte[], byte[]>> delivered) {
    if (memory == null || reader == null) {
      return 0;
    }
    LaneReader.Batch batch = reader.next(delivered, memory.nextSeq());
    for (List<LaneRecord> unit : LaneRecord.units(batch.records(), unitMax)) {
      work.record(memory, unit);
    }
    batch.stop().ifPresent(stop -> {
      throw stop;
    });
    return batch.records().size();
  }

  long nextSeq() {
    return memory == null ? -1 : memory.nextSeq();
  }

  int quarantinedOwners() {
    return memory == null ? 0 : memory.quarantinedOwners();
  }

  OptionalLong lag(Consumer<byte[], byte[]> consumer) {
    return consumer.currentLag(partition());
  }
}
