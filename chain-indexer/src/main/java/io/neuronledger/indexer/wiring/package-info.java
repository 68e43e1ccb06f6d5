/** Puts the service together: settings from the environment, beans, health, start and stop. Holds no rule. */
@NullMarked
package io.neuronledger.indexer.wiring;

import org.jspecify.annotations.NullMarked;
