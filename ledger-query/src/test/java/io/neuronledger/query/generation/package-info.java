/** Schemas of read models on a real database. */
@NullMarked
package io.neuronledger.query.generation;

import org.jspecify.annotations.NullMarked;
