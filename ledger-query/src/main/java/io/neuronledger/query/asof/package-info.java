/** Which sealed block is an answer as of? Input: the caller's selector. Output: a read point, or a wait for it. */
@NullMarked
package io.neuronledger.query.asof;

import org.jspecify.annotations.NullMarked;
