/** Asks a node, which is not trusted, and signs what was shown. */
@NullMarked
package io.neuronledger.wallet.chain;

import org.jspecify.annotations.NullMarked;
