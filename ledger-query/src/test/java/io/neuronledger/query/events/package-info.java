/** Tests of the package. */
@NullMarked
package io.neuronledger.query.events;

import org.jspecify.annotations.NullMarked;
