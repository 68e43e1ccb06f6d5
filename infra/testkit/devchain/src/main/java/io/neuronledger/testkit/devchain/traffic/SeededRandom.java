package io.neuronledger.testkit.devchain.traffic;

import io.neuronledger.contracts.value.Neuron;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** Random choices, reproducible by seed. */
final class SeededRandom {
  private static final int RANDOM_BITS = 53;

  private final Random random;

  SeededRandom(Random random) {
    this.random = random;
  }

  /** True with probability 1/{@code times}. */
  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** @return from zero, below {@code bound} */
  int below(int bound) {
    return random.nextInt(bound);
  }

  long below(long bound) {
    return random.nextLong(bound);
  }

  <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** The contract's limits, zero, one neuron, and uneven amounts up to 9 0G. */
  Neuron amount() {
    return switch (random.nextInt(12)) {
      case 0 -> Neuron.ZERO;
      case 1 -> Neuron.ofZeroG("1");
      case 2 -> Neuron.ofZeroG("3");
      case 3 -> new Neuron(BigInteger.ONE);
      default -> new Neuron(new BigInteger(RANDOM_BITS, random).multiply(BigInteger.valueOf(random.nextInt(1, 1_000))));
    };
  }

  Neuron aPartOf(Neuron amount) {
    return new Neuron(amount.value().divide(BigInteger.valueOf(random.nextInt(2, 40))));
  }

  /** An uneven amount between {@code zeroG} and less than 0.01 0G more. */
  Neuron above(String zeroG) {
    return Neuron.ofZeroG(zeroG).plus(new Neuron(new BigInteger(RANDOM_BITS, random)));
  }
}
