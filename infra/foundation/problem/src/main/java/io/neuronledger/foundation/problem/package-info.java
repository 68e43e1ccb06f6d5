/** RFC 9457 problem documents for errors outside of the controllers, the same in every service. */
@NullMarked
package io.neuronledger.foundation.problem;

import org.jspecify.annotations.NullMarked;
