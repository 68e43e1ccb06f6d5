package io.neuronledger.local.soak;

/**
 * What a soak is to do.
 *
 * @param seed repeats what happens on the chain
 * @param operations 1 or more
 * @param nodeTrouble how many of a hundred answers of the node are spoilt; 0 to 100
 */
public record SoakPlan(long seed, int operations, int nodeTrouble) {}
