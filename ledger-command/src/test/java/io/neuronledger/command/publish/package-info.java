@NullMarked
package io.neuronledger.command.publish;

import org.jspecify.annotations.NullMarked;
