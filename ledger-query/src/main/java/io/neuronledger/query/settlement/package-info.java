/**
 * Which requests did a settlement pay for? Settlements and reported usage come in; matches, settlements and the
 * period report go out. What is matched is a function of what is known, not of the order in which it came.
 */
@NullMarked
package io.neuronledger.query.settlement;

import org.jspecify.annotations.NullMarked;
