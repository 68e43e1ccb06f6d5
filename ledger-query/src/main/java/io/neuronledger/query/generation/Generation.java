package io.neuronledger.query.generation;

/**
 * One whole read model in a schema of its own.
 *
 * @param number the first is 1; each rebuild makes the next
 */
public record Generation(int number, String schema) {}
