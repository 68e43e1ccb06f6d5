/** The deployment that the stored events belong to. */
@NullMarked
package io.neuronledger.command.store.deployment;

import org.jspecify.annotations.NullMarked;
