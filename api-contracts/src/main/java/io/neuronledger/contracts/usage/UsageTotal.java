package io.neuronledger.contracts.usage;

/**
 * A running total of one pool.
 *
 * @param requests the number of accepted requests that count
 * @param fees the sum of their fees
 */
public record UsageTotal(long requests, NeuronSum fees) {
  public static final UsageTotal ZERO = new UsageTotal(0, NeuronSum.ZERO);

  public UsageTotal plus(UsageLine line) {
    return new UsageTotal(requests + 1, fees.plus(line.fee()));
  }

  /** @param line one that was added before */
  public UsageTotal minus(UsageLine line) {
    return new UsageTotal(requests - 1, fees.minus(NeuronSum.of(line.fee())));
  }
}
