package io.neuronledger.query.generation;

/**
 * A complete read model in its own schema.
 *
 * @param number 1 for the first; each rebuild creates the next
 */
public record Generation(int number, String schema) {}
