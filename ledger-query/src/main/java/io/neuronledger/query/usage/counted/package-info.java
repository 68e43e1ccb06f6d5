/** Which reported requests count: those of a service that the chain knows, from its registration on. */
@NullMarked
package io.neuronledger.query.usage.counted;

import org.jspecify.annotations.NullMarked;
