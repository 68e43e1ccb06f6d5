/**
 * The topics that the services share, and how each of them reads and writes them: declaration, Kafka clients, JSON and
 * stored names.
 */
@NullMarked
package io.neuronledger.foundation.partitionlog;

import org.jspecify.annotations.NullMarked;
