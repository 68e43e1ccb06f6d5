/** The measured numbers: their units, their median, min and max over the runs, their table. */
@NullMarked
package io.neuronledger.cli.bench.figure;

import org.jspecify.annotations.NullMarked;
