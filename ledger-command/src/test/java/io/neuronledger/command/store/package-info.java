@NullMarked
package io.neuronledger.command.store;

import org.jspecify.annotations.NullMarked;
