/** Why there is no answer: every refusal has a stable code and reaches the caller as RFC 9457. */
@NullMarked
package io.neuronledger.query.problem;

import org.jspecify.annotations.NullMarked;
