/** Requests that nobody should send, over all operations of the three services. */
@NullMarked
package io.neuronledger.cli.hostile;

import org.jspecify.annotations.NullMarked;
