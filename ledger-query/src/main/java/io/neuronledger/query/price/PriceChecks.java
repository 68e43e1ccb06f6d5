package io.neuronledger.query.price;

import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.Units.PricedLine;
import io.neuronledger.contracts.usage.Units.UnitKind;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.price.PriceCheck;
import io.neuronledger.contracts.view.price.PriceCheck.PublishedPrices;
import io.neuronledger.contracts.view.price.PriceCheck.Reason;
import io.neuronledger.contracts.view.price.PriceCheck.State;
import io.neuronledger.contracts.view.price.PriceView;
import io.neuronledger.contracts.view.price.PriceView.AdditionalInfo;
import io.neuronledger.contracts.view.usage.UsageEntry;
import io.neuronledger.query.price.QuoteRequest.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** Compares the unit prices of usage reports with the published ones. Units of which there are none do not matter. */
public final class PriceChecks {
  private PriceChecks() {}

  /**
   * One check for each request, in their order, by the price in force when it was completed.
   *
   * @param asOf prices that were set after its block are not known
   */
  public static List<PriceCheck> of(List<UsageEntry> requests, AsOf asOf, DSLContext db) {
    if (requests.isEmpty()) {
      return List.of();
    }
    List<Optional<PriceView>> prices = PriceQueries.atCompletion(requests, asOf, db);
    List<PriceCheck> checks = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      checks.add(check(requests.get(i).model(), requests.get(i).units(), prices.get(i)));
    }
    return List.copyOf(checks);
  }

  /** @param price the one in force; empty where the provider had none */
  static PriceCheck check(ModelName model, Units units, Optional<PriceView> price) {
    return lines(units).map(lines -> price.map(inForce -> check(model, lines, inForce))
        .orElseGet(() -> unknown(Reason.NO_PRICE))).orElseGet(() -> unknown(Reason.NO_UNIT_PRICES));
  }

  private static PriceCheck check(ModelName model, List<PricedLine> lines, PriceView price) {
    if (price.outputPrice().isEmpty() || !lines.stream().allMatch(line -> isPublished(line.kind(), price))) {
      return unknown(Reason.OTHER_UNITS);
    }
    if (price.additionalInfo() != AdditionalInfo.KNOWN) {
      return unknown(price.additionalInfo() == AdditionalInfo.UNKNOWN ? Reason.ADDITIONAL_INFO_UNKNOWN
          : Reason.ADDITIONAL_INFO_UNREADABLE);
    }
    long input = lines.stream().filter(line -> UnitKind.INPUT.contains(line.kind())).mapToLong(PricedLine::count).sum();
    return UnitPrices.of(input, price).map(published -> check(model, lines, published, price))
        .orElseGet(() -> unknown(Reason.BEYOND_TIERS));
  }

  private static PriceCheck check(ModelName model, List<PricedLine> lines, UnitPrices published, PriceView price) {
    boolean isEqual = areAt(published, lines);
    return new PriceCheck(isEqual ? State.EQUAL : State.DIFFERS,
        isEqual ? Optional.empty() : likelyReason(model, lines, price), Optional.of(new PublishedPrices(
            published.input(), published.cachedInput(), published.output(), published.maxInputTokens(),
            price.since())));
  }

  private static PriceCheck unknown(Reason reason) {
    return new PriceCheck(State.UNKNOWN, Optional.of(reason), Optional.empty());
  }

  private static Optional<Reason> likelyReason(ModelName model, List<PricedLine> lines, PriceView price) {
    if (UnitPrices.all(price).anyMatch(other -> areAt(other, lines))) {
      return Optional.of(Reason.OTHER_TIER);
    }
    if (price.denomination().isPresent()) {
      return Optional.of(Reason.OTHER_DENOMINATION);
    }
    boolean isOther = price.model().map(published -> !published.equals(model.value())).orElse(false);
    return price.severalModels() || isOther ? Optional.of(Reason.SEVERAL_MODELS) : Optional.empty();
  }

  /** Empty for a charge without unit prices. */
  private static Optional<List<PricedLine>> lines(Units units) {
    return switch (units) {
      case Units.Tokens tokens -> counted(List.of(
          line(UnitKind.INPUT_TOKENS, tokens.input() - tokens.cachedInput(), tokens.inputPrice()),
          line(UnitKind.CACHED_INPUT_TOKENS, tokens.cachedInput(), tokens.cachedInputPrice()),
          line(UnitKind.OUTPUT_TOKENS, tokens.output(), tokens.outputPrice())));
      case Units.Images images -> counted(List.of(line(UnitKind.IMAGES, images.count(), images.price())));
      case Units.Seconds seconds -> counted(List.of(line(UnitKind.SECONDS, seconds.count(), seconds.price())));
      case Units.Priced priced -> counted(priced.lines());
      case Units.Unpriced _ -> Optional.empty();
    };
  }

  private static Optional<List<PricedLine>> counted(List<PricedLine> lines) {
    return Optional.of(lines.stream().filter(line -> line.count() > 0).toList());
  }

  private static PricedLine line(UnitKind kind, long count, Neuron price) {
    return new PricedLine(kind, Optional.empty(), count, price);
  }

  private static boolean isPublished(UnitKind kind, PriceView price) {
    return switch (kind) {
      case INPUT_TOKENS, CACHED_INPUT_TOKENS, OUTPUT_TOKENS -> UnitPrices.areOf(Kind.TOKENS, price);
      case IMAGES -> UnitPrices.areOf(Kind.IMAGES, price);
      case SECONDS -> UnitPrices.areOf(Kind.SECONDS, price);
      case CACHE_WRITE_TOKENS, CACHE_WRITE_1H_TOKENS, CLIPS -> false;
    };
  }

  private static boolean areAt(UnitPrices prices, List<PricedLine> lines) {
    return lines.stream().allMatch(line -> line.price().equals(switch (line.kind()) {
      case INPUT_TOKENS -> prices.input();
      case CACHED_INPUT_TOKENS -> prices.cachedInput();
      case OUTPUT_TOKENS, IMAGES, SECONDS -> prices.output();
      case CACHE_WRITE_TOKENS, CACHE_WRITE_1H_TOKENS, CLIPS ->
          throw new IllegalStateException("no price is published for " + line.kind().word());
    }));
  }
}
