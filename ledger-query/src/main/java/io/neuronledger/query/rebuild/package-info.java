/**
 * Rebuilds of the read model: a new one is built from the first account event on, beside the live one, and becomes live
 * once every partition has caught up. Until then the live one is unaffected.
 */
@NullMarked
package io.neuronledger.query.rebuild;

import org.jspecify.annotations.NullMarked;
