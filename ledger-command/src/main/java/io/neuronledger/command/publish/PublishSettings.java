package io.neuronledger.command.publish;

import io.neuronledger.contracts.topic.Partitions;
import java.time.Duration;

/**
 * @param instance names this process among those that share the partitions
 * @param batchMax events in one transaction
 * @param poll the interval at which appends of other processes are polled
 * @param leaseTime how long a lease lasts without a renewal
 * @param retryAfter the pause after a failure of Kafka or the store
 */
public record PublishSettings(Partitions partitions, String instance, int batchMax, Duration poll, Duration leaseTime,
    Duration retryAfter) {}
