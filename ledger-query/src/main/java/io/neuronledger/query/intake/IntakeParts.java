package io.neuronledger.query.intake;

import io.neuronledger.query.partition.PartitionStore;
import java.time.Clock;
import java.util.function.Consumer;
import org.jooq.DSLContext;

/**
 * The dependencies that all consumers of this instance share.
 *
 * @param topics ensures that the topics exist; throws {@link org.apache.kafka.common.KafkaException} while Kafka is
 *     unavailable
 * @param db writes to the live generation
 * @param listener called after each transaction
 */
public record IntakeParts(Runnable topics, RecordReader reader, PoisonIsolatingWriter writer,
    PartitionStore partitions, DSLContext db,
    PartitionProgress progress, Consumer<CommittedBatch> listener, Clock clock) {}
