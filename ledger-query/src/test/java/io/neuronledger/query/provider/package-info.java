/** A provider's sums, over partitions at different blocks. */
@NullMarked
package io.neuronledger.query.provider;

import org.jspecify.annotations.NullMarked;
