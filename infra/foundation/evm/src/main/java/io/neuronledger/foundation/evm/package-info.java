/**
 * The EVM's encodings: the ABI, hex, signatures of functions and of texts, blooms. Values are written by web3j's
 * encoder and read strictly, so that two different data never read as the same value.
 */
@NullMarked
package io.neuronledger.foundation.evm;

import org.jspecify.annotations.NullMarked;
