/** What happens now and then, while requests come. */
@NullMarked
package io.neuronledger.foundation.access.interval;

import org.jspecify.annotations.NullMarked;
