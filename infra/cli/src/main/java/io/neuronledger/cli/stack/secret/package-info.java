/** The passwords of an embedded stack: generated for each data folder, in files that only their owner may read. */
@NullMarked
package io.neuronledger.cli.stack.secret;

import org.jspecify.annotations.NullMarked;
