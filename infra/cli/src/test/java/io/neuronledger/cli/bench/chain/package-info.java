@NullMarked
package io.neuronledger.cli.bench.chain;

import org.jspecify.annotations.NullMarked;
