@NullMarked
package io.neuronledger.command.lock;

import org.jspecify.annotations.NullMarked;
