/** Checks whether the rows of the read model are consistent with each other. */
@NullMarked
package io.neuronledger.query.integrity;

import org.jspecify.annotations.NullMarked;
