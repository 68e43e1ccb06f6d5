/** RFC 9457 problem documents for errors outside of the controllers, the same in every service. */
@NullMarked
package io.neuronledger.infra.problem;

import org.jspecify.annotations.NullMarked;
