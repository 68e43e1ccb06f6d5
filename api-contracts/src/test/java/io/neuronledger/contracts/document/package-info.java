/** The published documents beside the Java types: what is not in the one must not be in the other. */
@NullMarked
package io.neuronledger.contracts.document;

import org.jspecify.annotations.NullMarked;
