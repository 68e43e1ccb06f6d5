/**
 * From Kafka into the projections: a batch of account events, its rows and the lanes' positions are one transaction.
 */
@NullMarked
package io.neuronledger.query.intake;

import org.jspecify.annotations.NullMarked;
