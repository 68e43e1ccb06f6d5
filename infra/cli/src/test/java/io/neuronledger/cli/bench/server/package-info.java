@NullMarked
package io.neuronledger.cli.bench.server;

import org.jspecify.annotations.NullMarked;
