/** Where answers over many owners stand, while partitions are not equally far. */
@NullMarked
package io.neuronledger.query.asof;

import org.jspecify.annotations.NullMarked;
