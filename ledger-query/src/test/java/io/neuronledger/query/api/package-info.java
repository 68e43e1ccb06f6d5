/** The running service beside its published document: what is not in the one must not be in the other. */
@NullMarked
package io.neuronledger.query.api;

import org.jspecify.annotations.NullMarked;
