package io.neuronledger.cli.soak;

/**
 * The parameters of a soak run.
 *
 * @param seed the seed of the chain's history, to repeat a run
 * @param operations the number of operations, 1 or more
 * @param nodeTrouble the percentage of altered answers of the node, 0 to 100
 * @param hledger whether hledger reads the accounting journal at the end
 */
public record SoakPlan(long seed, int operations, int nodeTrouble, boolean hledger) {}
