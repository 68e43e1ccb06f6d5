package io.neuronledger.wallet.text;

import io.neuronledger.contracts.value.Neuron;
import java.math.BigInteger;
import java.util.Optional;

/** How amounts are shown and read: exactly, in 0G or in neuron (10^18 neuron = 1 0G). */
public enum AmountFormat {
  ZERO_G("0G") {
    @Override
    public String show(BigInteger neuron) {
      return Neuron.zeroG(neuron);
    }

    @Override
    public Neuron read(String text) {
      if (!text.matches("\\d{1,60}(\\.\\d{1,18})?")) {
        throw new IllegalArgumentException(
            "an amount of 0G is digits with at most 18 decimals after a point, 0.5 for example, not " + quoted(text));
      }
      return Neuron.ofZeroG(text);
    }
  },
  NEURON("neuron") {
    @Override
    public String show(BigInteger neuron) {
      return neuron.toString();
    }

    @Override
    public Neuron read(String text) {
      if (!text.matches("\\d{1,78}")) {
        throw new IllegalArgumentException("an amount in neuron is digits alone, not " + quoted(text));
      }
      return Neuron.parse(text);
    }
  };

  private static final int QUOTED_MAX = 80;

  private final String unit;

  AmountFormat(String unit) {
    this.unit = unit;
  }

  /** @throws IllegalArgumentException for a unit that is neither 0G nor neuron */
  public static AmountFormat of(String unit) {
    for (AmountFormat each : values()) {
      if (each.unit.equalsIgnoreCase(unit)) {
        return each;
      }
    }
    throw new IllegalArgumentException("a unit is 0G or neuron, not " + quoted(unit));
  }

  /** Without its unit, exactly, also of a negative number. */
  public abstract String show(BigInteger neuron);

  /**
   * Reads an amount as it is typed, without its unit.
   *
   * @throws IllegalArgumentException for a sign, an exponent, too many decimals, or more than 2^256 − 1 neuron
   */
  public abstract Neuron read(String text);

  public String show(Neuron amount) {
    return show(amount.value());
  }

  /**
   * An amount as the API writes it, digits and maybe a minus.
   *
   * @param digits empty for none
   * @throws IllegalArgumentException for anything else
   */
  public String show(Optional<String> digits) {
    return digits.map(each -> {
      if (!each.matches("-?\\d{1,200}")) {
        throw new IllegalArgumentException("the ledger answers an amount that is none: " + quoted(each));
      }
      return show(new BigInteger(each));
    }).orElse("");
  }

  public String unit() {
    return unit;
  }

  private static String quoted(String text) {
    return "'" + Printable.of(text.length() > QUOTED_MAX ? text.substring(0, QUOTED_MAX) + "…" : text) + "'";
  }
}
