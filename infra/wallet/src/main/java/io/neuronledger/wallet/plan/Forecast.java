package io.neuronledger.wallet.plan;

import java.util.List;
import java.util.Optional;

/**
 * What a transaction will do if nothing else happens before it, in sentences.
 *
 * @param effects what moves
 * @param cancels what is undone by it; empty for nothing
 * @param refusal the rule by which the contract would refuse it; then there are no effects
 * @param after what the owner holds then; empty where it is refused
 */
public record Forecast(List<String> effects, List<String> cancels, Optional<String> refusal,
    Optional<Holdings> after) {
  public Forecast {
    effects = List.copyOf(effects);
    cancels = List.copyOf(cancels);
  }

  static Forecast refused(String rule) {
    return new Forecast(List.of(), List.of(), Optional.of(rule), Optional.empty());
  }

  static Forecast of(List<String> effects, Holdings after) {
    return of(effects, List.of(), after);
  }

  static Forecast of(List<String> effects, List<String> cancels, Holdings after) {
    return new Forecast(effects, cancels, Optional.empty(), Optional.of(after));
  }
}
