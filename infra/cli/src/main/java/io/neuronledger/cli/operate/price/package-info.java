/** The commands about prices: what providers ask, and what a request would cost. */
@NullMarked
package io.neuronledger.cli.operate.price;

import org.jspecify.annotations.NullMarked;
