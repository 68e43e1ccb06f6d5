@NullMarked
package io.neuronledger.cli.soak;

import org.jspecify.annotations.NullMarked;
