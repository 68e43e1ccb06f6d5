@NullMarked
package io.neuronledger.cli.bench;

import org.jspecify.annotations.NullMarked;
