package io.neuronledger.query.usage;

import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.value.Neuron;
import java.util.Optional;

/**
 * The units of a request as columns.
 *
 * @param price per input token, image or second
 */
record Amounts(long input, long cachedInput, long output, long images, long seconds, Neuron price,
    Optional<Neuron> cachedInputPrice, Optional<Neuron> outputPrice) {

  static Amounts of(Units units) {
    return switch (units) {
      case Units.Tokens tokens -> new Amounts(tokens.input(), tokens.cachedInput(), tokens.output(), 0, 0,
          tokens.inputPrice(), Optional.of(tokens.cachedInputPrice()), Optional.of(tokens.outputPrice()));
      case Units.Images images ->
          new Amounts(0, 0, 0, images.count(), 0, images.price(), Optional.empty(), Optional.empty());
      case Units.Seconds seconds ->
          new Amounts(0, 0, 0, 0, seconds.count(), seconds.price(), Optional.empty(), Optional.empty());
    };
  }

  /** @param kind of the units, as stored */
  Units units(String kind) {
    return switch (kind) {
      case Units.TOKENS -> new Units.Tokens(input, cachedInput, output, price, cachedInputPrice.orElseThrow(),
          outputPrice.orElseThrow());
      case Units.IMAGES -> new Units.Images(images, price);
      case Units.SECONDS -> new Units.Seconds(seconds, price);
      default -> throw new IllegalStateException("no units are stored as " + kind);
    };
  }
}
