@NullMarked
package io.neuronledger.cli.bench.figure;

import org.jspecify.annotations.NullMarked;
