package io.neuronledger.command.intake;

import io.neuronledger.contracts.topic.Partitions;
import java.time.Duration;

/**
 * @param unitMax chain events in one unit of work
 * @param retryAfter pause of a partition after a failure of Kafka or the database
 * @param stoppedRetryAfter pause of a halted partition, which an operator must repair, before it retries
 */
public record IntakeSettings(Partitions partitions, int unitMax, Duration pollTimeout, Duration retryAfter,
    Duration stoppedRetryAfter) {}
