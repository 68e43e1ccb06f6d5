package io.neuronledger.query.rebuild;

import io.neuronledger.query.generation.Generations;
import io.neuronledger.query.intake.BatchWriter;
import io.neuronledger.query.intake.RecordReader;
import io.neuronledger.query.partition.PartitionStore;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.jooq.DSLContext;

/**
 * What a rebuild needs of the service.
 *
 * @param consumers makes one that commits nothing and never jumps to another offset
 * @param live the live generation, to compare with
 * @param writers makes a writer of all projections into a generation
 * @param partitions how many there are
 * @param batchMax records per transaction
 */
public record RebuildParts(Generations generations, Supplier<Consumer<byte[], byte[]>> consumers, RecordReader reader,
    PartitionStore partitionStore, DSLContext live, Function<DSLContext, BatchWriter> writers, int partitions,
        int batchMax,
    Clock clock) {}
