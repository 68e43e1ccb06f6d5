package io.neuronledger.foundation.partitionlog.reader;

import java.util.Optional;

/**
 * The stored position of a partition.
 *
 * @param nextSeq the seq of the next record
 * @param nextOffset the Kafka offset from which the next record is read
 * @param halted why the partition does not go on, for operators; empty if it does
 */
public record PartitionPosition(int partition, long nextSeq, long nextOffset, Optional<String> halted) {}
