package io.neuronledger.command.intake;

import io.neuronledger.contracts.event.Lanes;
import java.time.Duration;

/**
 * @param unitMax chain events in one unit of work
 * @param retryAfter how long a lane waits after a failure of the world
 * @param stoppedRetryAfter how long a lane that needs a person waits until it looks again
 */
public record IntakeSettings(Lanes lanes, int unitMax, Duration pollTimeout, Duration retryAfter,
    Duration stoppedRetryAfter) {}
