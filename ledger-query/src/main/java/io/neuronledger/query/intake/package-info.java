/**
 * From Kafka into the projections: a batch of account events, its rows and the partitions' positions are one
 * transaction.
 */
@NullMarked
package io.neuronledger.query.intake;

import org.jspecify.annotations.NullMarked;
