/** How far a service has read a topic, for health and metrics. */
@NullMarked
package io.neuronledger.foundation.partitionlog.progress;

import org.jspecify.annotations.NullMarked;
