/**
 * Answers questions about accounts. Account events from Kafka are stored as projections; REST endpoints answer from
 * them. One package per question.
 */
@NullMarked
package io.neuronledger.query;

import org.jspecify.annotations.NullMarked;
