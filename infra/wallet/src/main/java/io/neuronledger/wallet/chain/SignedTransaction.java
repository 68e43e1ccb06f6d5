package io.neuronledger.wallet.chain;

import io.neuronledger.contracts.value.Hash;

/**
 * A transaction that a node can send on.
 *
 * @param hash computed here, not taken from a node
 * @param bytes {@code 0x} and hex
 */
public record SignedTransaction(Hash hash, String bytes) {}
