package io.neuronledger.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;

/**
 * A change of an amount, in neuron: the amount of a posting, negative where it reduces the account. JSON: a string of
 * decimal digits, with a leading minus where negative. Magnitude at most 2^256 − 1.
 */
public record SignedNeuron(BigInteger value) implements Comparable<SignedNeuron> {
  public static final SignedNeuron ZERO = new SignedNeuron(BigInteger.ZERO);

  public SignedNeuron {
    if (value.bitLength() > 256) {
      throw new IllegalArgumentException("beyond 256 bits: " + value);
    }
  }

  /** @throws IllegalArgumentException unless it is decimal digits, with an optional leading minus */
  @JsonCreator
  public static SignedNeuron parse(String digits) {
    return digits.startsWith("-") ? minus(Neuron.parse(digits.substring(1))) : plus(Neuron.parse(digits));
  }

  public static SignedNeuron plus(Neuron amount) {
    return new SignedNeuron(amount.value());
  }

  public static SignedNeuron minus(Neuron amount) {
    return new SignedNeuron(amount.value().negate());
  }

  /** {@code after} − {@code before}. */
  public static SignedNeuron difference(Neuron before, Neuron after) {
    return new SignedNeuron(after.value().subtract(before.value()));
  }

  public SignedNeuron add(SignedNeuron other) {
    return new SignedNeuron(value.add(other.value));
  }

  public SignedNeuron negate() {
    return new SignedNeuron(value.negate());
  }

  public boolean isZero() {
    return value.signum() == 0;
  }

  /** Exactly, in 0G: {@code -0.5}. */
  public String toZeroG() {
    return Neuron.zeroG(value);
  }

  @Override
  public int compareTo(SignedNeuron other) {
    return value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toString();
  }
}
