@NullMarked
package io.neuronledger.command.intake;

import org.jspecify.annotations.NullMarked;
