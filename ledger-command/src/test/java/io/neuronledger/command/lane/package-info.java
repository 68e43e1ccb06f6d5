@NullMarked
package io.neuronledger.command.lane;

import org.jspecify.annotations.NullMarked;
