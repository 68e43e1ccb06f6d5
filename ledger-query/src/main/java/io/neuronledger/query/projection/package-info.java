/** What a projection is: it gets a batch of lines and assigns rows, in the transaction that moves the partitions. */
@NullMarked
package io.neuronledger.query.projection;

import org.jspecify.annotations.NullMarked;
