/**
 * What providers and routers report of the requests they served, and what it is worth: known from off chain only.
 * Limits are checked where a value is made; what is larger is refused, never cut off.
 */
@NullMarked
package io.neuronledger.contracts.usage;

import org.jspecify.annotations.NullMarked;
