@NullMarked
package io.neuronledger.command.key;

import org.jspecify.annotations.NullMarked;
