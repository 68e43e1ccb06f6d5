package io.neuronledger.query.rebuild;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.foundation.partitionlog.reader.SequencedTopic;
import io.neuronledger.query.generation.Generations;
import io.neuronledger.query.intake.BatchWriter;
import io.neuronledger.query.partition.PartitionStore;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.jooq.DSLContext;

/**
 * The dependencies of a rebuild.
 *
 * @param consumers creates consumers that commit no offsets and never reset their offset
 * @param live reads the live generation, for comparison
 * @param writers creates a writer of all projections to a generation
 * @param batchMax the maximum number of records per transaction
 */
public record RebuildParts(Generations generations, Supplier<Consumer<byte[], byte[]>> consumers,
    SequencedTopic<AccountRecord> topic, PartitionStore partitionStore, DSLContext live,
    Function<DSLContext, BatchWriter> writers, int batchMax, Clock clock) {}
