/** The chains that the stages work on. */
@NullMarked
package io.neuronledger.cli.bench.workload;

import org.jspecify.annotations.NullMarked;
