@NullMarked
package io.neuronledger.command.partition;

import org.jspecify.annotations.NullMarked;
