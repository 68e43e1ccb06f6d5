package io.neuronledger.query.price;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.price.PriceView;
import io.neuronledger.contracts.view.price.PriceView.Tier;
import io.neuronledger.query.price.QuoteRequest.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one of each unit costs, of a price that has one for output.
 *
 * @param cachedInput that of {@code input} where there is no other
 * @param output for a token of output, an image or a second
 * @param maxInputTokens the end of the tier; absent where there is none
 */
record UnitPrices(Neuron input, Neuron cachedInput, Neuron output, Optional<Long> maxInputTokens) {
  private static final String CHAT = "chatbot";
  private static final Set<String> BY_IMAGE = Set.of("text-to-image", "image-editing");
  private static final Set<String> BY_SECOND = Set.of("speech-to-text", "text-to-video", "image-to-video");

  /** Whether the service is charged by these units. */
  static boolean areOf(Kind kind, PriceView price) {
    return price.outputPrice().isPresent() && switch (kind) {
      case TOKENS -> price.serviceType().equals(CHAT);
      case IMAGES -> BY_IMAGE.contains(price.serviceType());
      case SECONDS -> BY_SECOND.contains(price.serviceType());
    };
  }

  /**
   * Those of the first tier that the input fits into; empty where it is larger than that of the last tier.
   *
   * @param input all tokens of input
   */
  static Optional<UnitPrices> of(long input, PriceView price) {
    return price.tiers().isEmpty() ? Optional.of(base(price))
        : ofTiers(price).filter(tier -> tier.maxInputTokens.map(most -> input <= most).orElse(true)).findFirst();
  }

  /** Those of every tier, and those that the tiers are multiples of. */
  static Stream<UnitPrices> all(PriceView price) {
    return Stream.concat(Stream.of(base(price)), ofTiers(price));
  }

  private static UnitPrices base(PriceView price) {
    return new UnitPrices(price.inputPrice(), price.cachedInputPrice().orElse(price.inputPrice()),
        price.outputPrice().orElseThrow(), Optional.empty());
  }

  private static Stream<UnitPrices> ofTiers(PriceView price) {
    return price.tiers().stream().map(UnitPrices::of);
  }

  private static UnitPrices of(Tier tier) {
    return new UnitPrices(tier.inputPrice(), tier.cachedInputPrice().orElse(tier.inputPrice()), tier.outputPrice(),
        tier.maxInputTokens());
  }
}
