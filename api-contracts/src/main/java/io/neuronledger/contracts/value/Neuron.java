package io.neuronledger.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An amount in neuron (10^18 neuron = 1 0G): an unsigned 256-bit integer, {@code uint256} on chain. JSON: a string of
 * decimal digits, because a JSON number read as a double loses neuron.
 */
public record Neuron(BigInteger value) implements Comparable<Neuron> {
  public static final Neuron ZERO = new Neuron(BigInteger.ZERO);

  /** The largest amount: 2^256 − 1. */
  public static final Neuron MAX = new Neuron(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));

  private static final int DECIMALS = 18;
  private static final int DIGITS_MAX = 78;

  /** The only range check: parsing, overflow and underflow all end here. */
  public Neuron {
    if (value.signum() < 0 || value.bitLength() > 256) {
      throw new IllegalArgumentException("not a uint256: " + value);
    }
  }

  /**
   * Reads decimal digits only: no sign, no point, no exponent, no surrounding space.
   *
   * @throws IllegalArgumentException for anything else, or above 2^256 − 1
   */
  @JsonCreator
  public static Neuron parse(String digits) {
    // Length first: a megabyte of digits must not reach BigInteger's quadratic parser.
    if (digits.isEmpty() || digits.length() > DIGITS_MAX || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("not an amount in neuron: " + Excerpt.of(digits));
    }
    return new Neuron(new BigInteger(digits));
  }

  /**
   * Reads an amount of 0G, exactly: {@code "0.5"} is 5·10^17 neuron.
   *
   * @throws IllegalArgumentException if it has more than 18 decimals, or is no amount
   */
  public static Neuron ofZeroG(String amount) {
    try {
      return new Neuron(new BigDecimal(amount).movePointRight(DECIMALS).toBigIntegerExact());
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("not an amount of 0G: " + Excerpt.of(amount), e);
    }
  }

  /** @throws IllegalArgumentException above 2^256 − 1 */
  public Neuron plus(Neuron other) {
    return new Neuron(value.add(other.value));
  }

  /** @throws IllegalArgumentException below zero */
  public Neuron minus(Neuron other) {
    return new Neuron(value.subtract(other.value));
  }

  /** This less {@code other}, and zero where {@code other} is more. */
  public Neuron minusOrZero(Neuron other) {
    return compareTo(other) <= 0 ? ZERO : minus(other);
  }

  public Neuron min(Neuron other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public boolean isZero() {
    return value.signum() == 0;
  }

  /** The exact amount in 0G, for display: {@code 0.5}, {@code 10}. */
  public String toZeroG() {
    return zeroG(value);
  }

  /** Any number of neuron in 0G, exactly: {@code -0.5}. */
  public static String zeroG(BigInteger neuron) {
    return new BigDecimal(neuron, DECIMALS).stripTrailingZeros().toPlainString();
  }

  @Override
  public int compareTo(Neuron other) {
    return value.compareTo(other.value);
  }

  /** Decimal digits, as in JSON, SQL and logs. */
  @JsonValue
  @Override
  public String toString() {
    return value.toString();
  }
}
