package io.neuronledger.planted.query.balance;

import io.neuronledger.query.intake.PartitionProgress;

/** A question that depends on the intake. */
public record Question(PartitionProgress progress) {}
