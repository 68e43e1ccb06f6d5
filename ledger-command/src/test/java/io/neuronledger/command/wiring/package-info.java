@NullMarked
package io.neuronledger.command.wiring;

import org.jspecify.annotations.NullMarked;
