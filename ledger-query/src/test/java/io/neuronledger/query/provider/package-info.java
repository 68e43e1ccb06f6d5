/** A provider's sums, over partitions that are not equally far. */
@NullMarked
package io.neuronledger.query.provider;

import org.jspecify.annotations.NullMarked;
