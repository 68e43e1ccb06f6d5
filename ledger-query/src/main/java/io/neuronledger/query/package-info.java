/**
 * Answers questions about accounts. Account events come in from Kafka and become projections; REST goes out. One folder
 * per question.
 */
@NullMarked
package io.neuronledger.query;

import org.jspecify.annotations.NullMarked;
