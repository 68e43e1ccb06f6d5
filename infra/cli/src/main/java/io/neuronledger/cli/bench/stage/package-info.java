/** The measured stages. */
@NullMarked
package io.neuronledger.cli.bench.stage;

import org.jspecify.annotations.NullMarked;
