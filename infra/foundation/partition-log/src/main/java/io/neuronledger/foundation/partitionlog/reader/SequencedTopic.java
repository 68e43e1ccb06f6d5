package io.neuronledger.foundation.partitionlog.reader;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.SequencedRecord;
import io.neuronledger.foundation.partitionlog.RecordParser;

/**
 * A topic whose one writer numbers the records of each partition.
 *
 * @param writer the only service that may write it
 * @param <R> the type of its records
 */
public record SequencedTopic<R extends SequencedRecord>(String name, Partitions partitions, String writer,
    RecordParser<R> parser) {
  public SequencedTopic(String name, Partitions partitions, String writer, Class<R> type) {
    this(name, partitions, writer, new RecordParser<>(type));
  }
}
