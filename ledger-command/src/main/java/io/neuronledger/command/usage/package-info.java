/**
 * Turns usage reports into account events: each request, identified by provider and request id, is accepted once, in
 * the same transaction as its event, and reversed at most once. Input: reports of served requests, from REST and
 * Kafka, and corrections, from REST. Output: {@code UsageRecorded} and {@code UsageReversed} in the owner's partition.
 */
@NullMarked
package io.neuronledger.command.usage;

import org.jspecify.annotations.NullMarked;
