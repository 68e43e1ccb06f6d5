package io.neuronledger.query.cycleone;

import io.neuronledger.query.cycletwo.Two;

/** Knows {@link Two}, which knows it. */
public record One(Two other) {}
