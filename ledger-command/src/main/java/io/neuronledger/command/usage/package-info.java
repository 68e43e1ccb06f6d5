/**
 * Usage reports become account events: from REST and from Kafka, accepted once per provider and request id, in the same
 * transaction as the event. Comes in: reports of served requests. Goes out: {@code UsageRecorded} in the owner's
 * partition.
 */
@NullMarked
package io.neuronledger.command.usage;

import org.jspecify.annotations.NullMarked;
