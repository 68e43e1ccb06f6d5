/** Answers of any length as CSV, written row by row while they are read. */
@NullMarked
package io.neuronledger.query.export;

import org.jspecify.annotations.NullMarked;
