/** Verifies that changed rows are found. */
@NullMarked
package io.neuronledger.query.integrity;

import org.jspecify.annotations.NullMarked;
