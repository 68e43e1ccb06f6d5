package io.neuronledger.query.partition;

import io.neuronledger.contracts.value.WalletAddress;

/** A record of an owner that is not understood: it waits in the database, a copy goes to the dead letters. */
public record Poison(int partition, long seq, WalletAddress owner, Received.NotUnderstood record) {}
