/** Projections: each receives a batch of lines and assigns rows, in the transaction that stores the partitions. */
@NullMarked
package io.neuronledger.query.projection;

import org.jspecify.annotations.NullMarked;
