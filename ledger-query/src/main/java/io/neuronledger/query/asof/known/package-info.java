/** What was known at a time of ours, instead of what is known of a block. */
@NullMarked
package io.neuronledger.query.asof.known;

import org.jspecify.annotations.NullMarked;
