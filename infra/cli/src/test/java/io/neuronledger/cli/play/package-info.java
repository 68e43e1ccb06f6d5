/** What a client reads and writes on the stack that {@code ./ledger up --play} has filled. */
@NullMarked
package io.neuronledger.cli.play;

import org.jspecify.annotations.NullMarked;
