package io.neuronledger.command.publish;

import io.neuronledger.contracts.event.Partitions;
import java.time.Duration;

/**
 * @param instance names this process among those that share the partitions
 * @param batchMax events of one partition in one transaction
 * @param poll how often other processes' appends are looked for
 * @param leaseTime how long a silent holder keeps a lease
 * @param retryAfter the pause after Kafka or the store failed
 */
public record PublishSettings(Partitions partitions, String instance, int batchMax, Duration poll, Duration leaseTime,
    Duration retryAfter) {}
