/** The topics: their names, their partitions, and the form of a record in each. */
@NullMarked
package io.neuronledger.contracts.topic;

import org.jspecify.annotations.NullMarked;
