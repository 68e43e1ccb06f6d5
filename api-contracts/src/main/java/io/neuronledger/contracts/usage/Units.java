package io.neuronledger.contracts.usage;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.neuronledger.contracts.value.Neuron;
import java.math.BigInteger;

/**
 * The units that a request consumed, with the price of each. Counts are whole numbers from 0 to 2^53 − 1, which any
 * JSON reader holds exactly; prices are in neuron per unit. Units whose fee exceeds a uint256 are rejected.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Units.Tokens.class, name = Units.TOKENS),
    @JsonSubTypes.Type(value = Units.Images.class, name = Units.IMAGES),
    @JsonSubTypes.Type(value = Units.Seconds.class, name = Units.SECONDS)})
public sealed interface Units {
  String TOKENS = "tokens";
  String IMAGES = "images";
  String SECONDS = "seconds";

  /** The largest count: 2^53 − 1. */
  long COUNT_MAX = (1L << 53) - 1;

  /** The exact fee of these units at their prices, in neuron. */
  Neuron fee();

  /** {@code tokens}, {@code images} or {@code seconds}. */
  default String kind() {
    return switch (this) {
      case Tokens _ -> TOKENS;
      case Images _ -> IMAGES;
      case Seconds _ -> SECONDS;
    };
  }

  /**
   * Text in, text out.
   *
   * @param input all input tokens, the cached ones among them
   * @param cachedInput those of {@code input} that were answered from a cache and cost {@code cachedInputPrice}
   */
  record Tokens(long input, long cachedInput, long output, Neuron inputPrice, Neuron cachedInputPrice,
      Neuron outputPrice) implements Units {
    public Tokens {
      checkCount("input", input);
      checkCount("cached_input", cachedInput);
      checkCount("output", output);
      if (cachedInput > input) {
        throw new IllegalArgumentException(
            "cached_input is a part of input: " + cachedInput + " of " + input);
      }
      sum(times(input - cachedInput, inputPrice), times(cachedInput, cachedInputPrice), times(output, outputPrice));
    }

    @Override
    public Neuron fee() {
      return sum(times(input - cachedInput, inputPrice), times(cachedInput, cachedInputPrice),
          times(output, outputPrice));
    }
  }

  /** Generated images. */
  record Images(long count, Neuron price) implements Units {
    public Images {
      checkCount("count", count);
      sum(times(count, price));
    }

    @Override
    public Neuron fee() {
      return sum(times(count, price));
    }
  }

  /** Seconds of audio or video, as the provider bills them. */
  record Seconds(long count, Neuron price) implements Units {
    public Seconds {
      checkCount("count", count);
      sum(times(count, price));
    }

    @Override
    public Neuron fee() {
      return sum(times(count, price));
    }
  }

  private static void checkCount(String name, long count) {
    if (count < 0 || count > COUNT_MAX) {
      throw new IllegalArgumentException(name + " must be 0 to 2^53 - 1: " + count);
    }
  }

  private static BigInteger times(long count, Neuron price) {
    return price.value().multiply(BigInteger.valueOf(count));
  }

  private static Neuron sum(BigInteger... parts) {
    BigInteger fee = BigInteger.ZERO;
    for (BigInteger part : parts) {
      fee = fee.add(part);
    }
    if (fee.bitLength() > Neuron.MAX.value().bitLength()) {
      throw new IllegalArgumentException("the fee of these units is no uint256: " + fee);
    }
    return new Neuron(fee);
  }
}
