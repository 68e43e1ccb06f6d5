/**
 * The throughput of each stage and of the whole path: events of a real contract on a real node, through the real
 * services. Machines differ, so only the ratios within one run are comparable.
 */
@NullMarked
package io.neuronledger.cli.bench;

import org.jspecify.annotations.NullMarked;
