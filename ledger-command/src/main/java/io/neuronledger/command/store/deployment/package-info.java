/** The deployment that the stored events belong to, and how far each of its partitions is written. */
@NullMarked
package io.neuronledger.command.store.deployment;

import org.jspecify.annotations.NullMarked;
