/** Health: what keeps the intake, the publication and the usage topic from working. */
@NullMarked
package io.neuronledger.command.wiring.health;

import org.jspecify.annotations.NullMarked;
