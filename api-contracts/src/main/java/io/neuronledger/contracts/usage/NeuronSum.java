package io.neuronledger.contracts.usage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.neuronledger.contracts.value.Excerpt;
import io.neuronledger.contracts.value.Neuron;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * A sum, or a difference of sums, over any number of amounts. Unlike an amount it may leave the 256 bits: a provider
 * may ask for 2^256 − 1 twice, and both are written off alike. JSON: a string of decimal digits,
 * with a leading minus where negative.
 */
public record NeuronSum(BigInteger value) implements Comparable<NeuronSum> {
  public static final NeuronSum ZERO = new NeuronSum(BigInteger.ZERO);

  /** Room for more than 2^127 amounts of the largest size. */
  private static final Pattern FORM = Pattern.compile("-?[0-9]{1,116}");

  public static NeuronSum of(Neuron amount) {
    return new NeuronSum(amount.value());
  }

  /** @throws IllegalArgumentException unless it is at most 116 decimal digits, with an optional leading minus */
  @JsonCreator
  public static NeuronSum parse(String digits) {
    if (!FORM.matcher(digits).matches()) {
      throw new IllegalArgumentException("not a sum of neuron: " + Excerpt.of(digits));
    }
    return new NeuronSum(new BigInteger(digits));
  }

  public NeuronSum plus(NeuronSum other) {
    return new NeuronSum(value.add(other.value));
  }

  public NeuronSum plus(Neuron amount) {
    return new NeuronSum(value.add(amount.value()));
  }

  public NeuronSum minus(NeuronSum other) {
    return new NeuronSum(value.subtract(other.value));
  }

  /** This, and zero where this is negative. */
  public NeuronSum orZero() {
    return value.signum() < 0 ? ZERO : this;
  }

  public NeuronSum negate() {
    return new NeuronSum(value.negate());
  }

  /** −1, 0 or 1. */
  public int sign() {
    return value.signum();
  }

  /** Exactly, in 0G: {@code -0.5}. */
  public String toZeroG() {
    return Neuron.zeroG(value);
  }

  @Override
  public int compareTo(NeuronSum other) {
    return value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toString();
  }
}
