package io.neuronledger.command.publish;

import io.neuronledger.contracts.event.Lanes;
import java.time.Duration;

/**
 * @param instance names this process among those that share the lanes
 * @param batchMax events of one lane in one transaction
 * @param poll how often other processes' appends are looked for
 * @param leaseTime how long a silent holder keeps a lease
 * @param retryAfter the pause after Kafka or the store failed
 */
public record PublishSettings(Lanes lanes, String instance, int batchMax, Duration poll, Duration leaseTime,
    Duration retryAfter) {}
