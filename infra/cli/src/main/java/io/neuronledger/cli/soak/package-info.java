/**
 * Random traffic, time jumps and forks on a dev chain, followed by the real pipeline; every block is compared with the
 * contract, and the books of hledger at every month's end. With {@code --chaos} services and servers are killed during
 * the run.
 */
@NullMarked
package io.neuronledger.cli.soak;

import org.jspecify.annotations.NullMarked;
