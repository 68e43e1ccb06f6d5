/** Compares the published documents with the Java types: both must have the same properties. */
@NullMarked
package io.neuronledger.contracts.document;

import org.jspecify.annotations.NullMarked;
