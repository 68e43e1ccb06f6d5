package io.neuronledger.query.price;

import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.price.PriceView;
import io.neuronledger.contracts.view.price.PriceView.AdditionalInfo;
import io.neuronledger.contracts.view.price.QuotesAnswer.Quote;
import io.neuronledger.contracts.view.price.QuotesAnswer.Reason;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The fee of a request at published prices: exact, or none with the reason. */
final class Quotes {
  /** The cheapest first, then those without a fee, each by provider and service. */
  private static final Comparator<Quote> ORDER = Comparator
      .comparing((Quote quote) -> quote.fee().isEmpty())
      .thenComparing(quote -> quote.fee().orElse(Neuron.ZERO))
      .thenComparing(Quote::provider).thenComparing(Quote::service);

  private Quotes() {}

  static List<Quote> of(QuoteRequest request, List<PriceView> prices) {
    return prices.stream().map(price -> quote(request, price)).sorted(ORDER).toList();
  }

  /** Whether there are units that a fee can be computed of. */
  static boolean isExact(PriceView price) {
    return Arrays.stream(QuoteRequest.Kind.values()).anyMatch(kind -> UnitPrices.areOf(kind, price))
        && reason(price).isEmpty();
  }

  private static Quote quote(QuoteRequest request, PriceView price) {
    Optional<Reason> reason = reason(request, price);
    if (reason.isPresent()) {
      return quote(price, Optional.empty(), Optional.empty(), reason);
    }
    Optional<UnitPrices> prices = UnitPrices.of(request.input(), price);
    if (prices.isEmpty()) {
      return quote(price, Optional.empty(), Optional.empty(), Optional.of(Reason.BEYOND_TIERS));
    }
    try {
      return quote(price, units(request, prices.get()).fee(), prices.get().maxInputTokens(), Optional.empty());
    } catch (IllegalArgumentException e) {
      return quote(price, Optional.empty(), Optional.empty(), Optional.of(Reason.TOO_LARGE));
    }
  }

  private static Quote quote(PriceView price, Optional<Neuron> fee, Optional<Long> tier, Optional<Reason> reason) {
    return new Quote(price.provider(), price.service(), fee, tier, reason, price.since());
  }

  private static Optional<Reason> reason(QuoteRequest request, PriceView price) {
    return UnitPrices.areOf(request.kind(), price) ? reason(price) : Optional.of(Reason.OTHER_UNITS);
  }

  /** Why no fee at all can be computed from a price. */
  private static Optional<Reason> reason(PriceView price) {
    if (price.additionalInfo() != AdditionalInfo.KNOWN) {
      return Optional.of(price.additionalInfo() == AdditionalInfo.UNKNOWN ? Reason.ADDITIONAL_INFO_UNKNOWN
          : Reason.ADDITIONAL_INFO_UNREADABLE);
    }
    if (price.denomination().isPresent()) {
      return Optional.of(Reason.OTHER_DENOMINATION);
    }
    return price.severalModels() ? Optional.of(Reason.SEVERAL_MODELS) : Optional.empty();
  }

  /** @throws IllegalArgumentException if the fee is no uint256 */
  private static Units units(QuoteRequest request, UnitPrices prices) {
    return switch (request.kind()) {
      case TOKENS -> new Units.Tokens(request.input(), request.cached(), request.output(), prices.input(),
          prices.cachedInput(), prices.output());
      case IMAGES -> new Units.Images(request.count(), prices.output());
      case SECONDS -> new Units.Seconds(request.count(), prices.output());
    };
  }
}
