/** Rows that somebody changed are found. */
@NullMarked
package io.neuronledger.query.integrity;

import org.jspecify.annotations.NullMarked;
