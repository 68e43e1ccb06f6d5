/** The forms in which events are stored and published. */
@NullMarked
package io.neuronledger.contracts.event;

import org.jspecify.annotations.NullMarked;
