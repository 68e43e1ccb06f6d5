/** A partition's position, its seals, and what a batch of its records changes. */
@NullMarked
package io.neuronledger.query.partition.change;

import org.jspecify.annotations.NullMarked;
