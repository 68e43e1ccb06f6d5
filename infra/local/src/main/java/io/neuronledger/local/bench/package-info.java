/**
 * How fast each stage is, and how fast the whole path: events of a real contract on a real node, through the real
 * services. Machines differ, so what counts are the ratios of one run.
 */
@NullMarked
package io.neuronledger.local.bench;

import org.jspecify.annotations.NullMarked;
