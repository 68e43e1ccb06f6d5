/**
 * Random traffic, time warps and forks on a dev chain, followed by the real pipeline, and every block of it compared
 * with the contract. With {@code --chaos} the services and servers are killed meanwhile.
 */
@NullMarked
package io.neuronledger.local.soak;

import org.jspecify.annotations.NullMarked;
