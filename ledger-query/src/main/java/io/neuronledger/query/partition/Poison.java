package io.neuronledger.query.partition;

import io.neuronledger.contracts.value.WalletAddress;

/** A record of an owner that could not be read. It is parked in the database; a copy goes to the dead letters. */
public record Poison(int partition, long seq, WalletAddress owner, Received.Poisonous record) {}
