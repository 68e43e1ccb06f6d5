/** Who sends a request: a verified credential as one value, and what it is good for. */
@NullMarked
package io.neuronledger.foundation.access.caller;

import org.jspecify.annotations.NullMarked;
