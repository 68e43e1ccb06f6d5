/** The Spring configuration: settings, clients, health and the wiring of objects. No account rules. */
@NullMarked
package io.neuronledger.command.wiring;

import org.jspecify.annotations.NullMarked;
