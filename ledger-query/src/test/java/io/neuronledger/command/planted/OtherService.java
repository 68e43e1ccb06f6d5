package io.neuronledger.command.planted;

/** A class of another service. */
public record OtherService() {}
