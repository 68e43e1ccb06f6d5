package io.neuronledger.command.intake;

import io.neuronledger.contracts.event.Partitions;
import java.time.Duration;

/**
 * @param unitMax chain events in one unit of work
 * @param retryAfter how long a partition waits after a failure of the world
 * @param stoppedRetryAfter how long a partition that needs a person waits until it looks again
 */
public record IntakeSettings(Partitions partitions, int unitMax, Duration pollTimeout, Duration retryAfter,
    Duration stoppedRetryAfter) {}
