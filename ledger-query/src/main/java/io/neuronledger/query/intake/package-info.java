/**
 * Reads account events from Kafka into the projections: the rows of a batch and the partitions' positions are stored in
 * one transaction.
 */
@NullMarked
package io.neuronledger.query.intake;

import org.jspecify.annotations.NullMarked;
