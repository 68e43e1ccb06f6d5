/** The block that answers over many owners are as of, while partitions are at different blocks. */
@NullMarked
package io.neuronledger.query.asof;

import org.jspecify.annotations.NullMarked;
