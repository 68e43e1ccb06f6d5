package io.neuronledger.planted.query.balance;

import io.neuronledger.query.intake.CommittedBatch;

/** A question that depends on the intake. */
public record Question(CommittedBatch batch) {}
