package io.neuronledger.planted.query.balance;

import io.neuronledger.query.intake.LaneProgress;

/** A question that asks the intake. */
public record Question(LaneProgress progress) {}
