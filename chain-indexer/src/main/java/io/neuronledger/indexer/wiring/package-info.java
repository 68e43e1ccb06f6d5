/** Wires the service: settings from the environment, beans, health, start and stop. Contains no domain logic. */
@NullMarked
package io.neuronledger.indexer.wiring;

import org.jspecify.annotations.NullMarked;
