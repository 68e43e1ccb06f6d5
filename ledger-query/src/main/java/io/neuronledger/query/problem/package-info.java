/** Refused requests: every refusal has a stable code and is reported as an RFC 9457 problem. */
@NullMarked
package io.neuronledger.query.problem;

import org.jspecify.annotations.NullMarked;
