package io.neuronledger.query.rebuild;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.foundation.partitionlog.reader.SequencedTopic;
import io.neuronledger.query.blocks.BlocksIntake;
import io.neuronledger.query.generation.Generations;
import io.neuronledger.query.intake.BatchWriter;
import io.neuronledger.query.partition.PartitionStore;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jooq.DSLContext;

/**
 * The dependencies of a rebuild.
 *
 * @param consumers creates consumers that commit no offsets and never reset their offset, by the maximum number of
 *     records per poll
 * @param topic of the account events
 * @param blocks creates a writer of blocks to a generation
 * @param prepare stores the positions before the first records in a new generation
 * @param live reads the live generation, for comparison
 * @param writers creates a writer of all projections to a generation
 * @param batchMax the maximum number of account events per transaction
 */
public record RebuildParts(Generations generations,
    IntFunction<org.apache.kafka.clients.consumer.Consumer<byte[], byte[]>> consumers,
    SequencedTopic<AccountRecord> topic, PartitionStore partitionStore, SequencedTopic<BlocksRecord> blocksTopic,
    Function<DSLContext, BlocksIntake> blocks, Consumer<DSLContext> prepare, DSLContext live,
    Function<DSLContext, BatchWriter> writers, int batchMax, Clock clock) {}
