/** The published language of neuron-ledger: what the services say to each other and to everybody else. */
@NullMarked
package io.neuronledger.contracts;

import org.jspecify.annotations.NullMarked;
