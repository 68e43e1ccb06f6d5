/** The published language of neuron-ledger: the records that services and other consumers exchange. */
@NullMarked
package io.neuronledger.contracts;

import org.jspecify.annotations.NullMarked;
