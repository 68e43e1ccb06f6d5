/** Compares the running service with its published document, in both directions. */
@NullMarked
package io.neuronledger.query.api;

import org.jspecify.annotations.NullMarked;
