package io.neuronledger.query.price;

import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.price.PriceView;
import io.neuronledger.contracts.view.price.PriceView.AdditionalInfo;
import io.neuronledger.contracts.view.price.PriceView.Tier;
import io.neuronledger.contracts.view.price.QuotesAnswer.Quote;
import io.neuronledger.contracts.view.price.QuotesAnswer.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The fee of a request at published prices: exact, or none with the reason. */
final class Quotes {
  private static final String CHAT = "chatbot";
  private static final Set<String> BY_IMAGE = Set.of("text-to-image", "image-editing");
  private static final Set<String> BY_SECOND = Set.of("speech-to-text", "text-to-video", "image-to-video");

  /** The cheapest first, then those without a fee, each by provider and service. */
  private static final Comparator<Quote> ORDER = Comparator
      .comparing((Quote quote) -> quote.fee().isEmpty())
      .thenComparing(quote -> quote.fee().orElse(Neuron.ZERO))
      .thenComparing(Quote::provider).thenComparing(Quote::service);

  private Quotes() {}

  static List<Quote> of(QuoteRequest request, List<PriceView> prices) {
    return prices.stream().map(price -> quote(request, price)).sorted(ORDER).toList();
  }

  private static Quote quote(QuoteRequest request, PriceView price) {
    Optional<Tier> tier = tier(request, price);
    Optional<Reason> reason = reason(request, price, tier);
    if (reason.isPresent()) {
      return quote(price, Optional.empty(), Optional.empty(), reason);
    }
    try {
      return quote(price, units(request, price, tier).fee(), tier.flatMap(Tier::maxInputTokens),
          Optional.empty());
    } catch (IllegalArgumentException e) {
      return quote(price, Optional.empty(), Optional.empty(), Optional.of(Reason.TOO_LARGE));
    }
  }

  private static Quote quote(PriceView price, Optional<Neuron> fee, Optional<Long> tier, Optional<Reason> reason) {
    return new Quote(price.provider(), price.service(), fee, tier, reason, price.since());
  }

  /** The first tier that the input fits into. */
  private static Optional<Tier> tier(QuoteRequest request, PriceView price) {
    return price.tiers().stream()
        .filter(tier -> tier.maxInputTokens().map(most -> request.input() <= most).orElse(true)).findFirst();
  }

  private static Optional<Reason> reason(QuoteRequest request, PriceView price, Optional<Tier> tier) {
    if (!isChargedBy(request.kind(), price)) {
      return Optional.of(Reason.OTHER_UNITS);
    }
    if (price.additionalInfo() != AdditionalInfo.KNOWN) {
      return Optional.of(price.additionalInfo() == AdditionalInfo.UNKNOWN ? Reason.ADDITIONAL_INFO_UNKNOWN
          : Reason.ADDITIONAL_INFO_UNREADABLE);
    }
    if (price.denomination().isPresent()) {
      return Optional.of(Reason.OTHER_DENOMINATION);
    }
    if (price.severalModels()) {
      return Optional.of(Reason.SEVERAL_MODELS);
    }
    return !price.tiers().isEmpty() && tier.isEmpty() ? Optional.of(Reason.BEYOND_TIERS) : Optional.empty();
  }

  private static boolean isChargedBy(QuoteRequest.Kind kind, PriceView price) {
    return price.outputPrice().isPresent() && switch (kind) {
      case TOKENS -> price.serviceType().equals(CHAT);
      case IMAGES -> BY_IMAGE.contains(price.serviceType());
      case SECONDS -> BY_SECOND.contains(price.serviceType());
    };
  }

  /** @throws IllegalArgumentException if the fee is no uint256 */
  private static Units units(QuoteRequest request, PriceView price, Optional<Tier> tier) {
    Neuron input = tier.map(Tier::inputPrice).orElse(price.inputPrice());
    Neuron output = tier.map(Tier::outputPrice).orElseGet(() -> price.outputPrice().orElseThrow());
    Neuron cached = (tier.isPresent() ? tier.get().cachedInputPrice() : price.cachedInputPrice()).orElse(input);
    return switch (request.kind()) {
      case TOKENS -> new Units.Tokens(request.input(), request.cached(), request.output(), input, cached, output);
      case IMAGES -> new Units.Images(request.count(), output);
      case SECONDS -> new Units.Seconds(request.count(), output);
    };
  }
}
