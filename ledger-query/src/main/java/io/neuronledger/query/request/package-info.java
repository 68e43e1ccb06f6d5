/** Reads what callers send: path and parameters come in, values go out, everything else is refused. */
@NullMarked
package io.neuronledger.query.request;

import org.jspecify.annotations.NullMarked;
