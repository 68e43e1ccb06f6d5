package io.neuronledger.query.cycleone;

import io.neuronledger.query.cycletwo.Two;

/** Depends on {@link Two}, which depends on it. */
public record One(Two other) {}
