/** Spring's part: configuration, clients, and which object is made of which. No rule lives here. */
@NullMarked
package io.neuronledger.command.wiring;

import org.jspecify.annotations.NullMarked;
