/** Compiled contracts and the transactions that call them. */
@NullMarked
package io.neuronledger.infra.devchain.transaction;

import org.jspecify.annotations.NullMarked;
