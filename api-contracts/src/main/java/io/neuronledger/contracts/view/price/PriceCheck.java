package io.neuronledger.contracts.view.price;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.Neuron;
import java.util.Optional;

/**
 * How the unit prices of a usage report compare with what the provider had published when the request was completed.
 * It is information: a report counts whatever its prices are.
 *
 * @param reason why they likely differ, or why nothing is known; absent where they are equal, or no reason is known
 * @param published absent where the state is {@code UNKNOWN}
 */
public record PriceCheck(State state, Optional<Reason> reason, Optional<PublishedPrices> published) {
  /**
   * The published prices that apply to a request.
   *
   * @param inputPrice in neuron for a token of input
   * @param cachedInputPrice in neuron for a token of input from the cache
   * @param outputPrice in neuron for a token of output, an image, or a second
   * @param tier the largest input of the tier that applies; absent where none applies, or the tier has no end
   * @param since the first block with this price
   */
  public record PublishedPrices(Neuron inputPrice, Neuron cachedInputPrice, Neuron outputPrice, Optional<Long> tier,
      long since) {}

  /** Whether the reported prices are the published ones. */
  public enum State {
    /** Each unit was charged at its published price. */
    @JsonProperty("equal") EQUAL,
    @JsonProperty("differs") DIFFERS,
    @JsonProperty("unknown") UNKNOWN
  }

  /** The likely reason of a difference; of an unknown state the reason. */
  public enum Reason {
    /** It differs: the prices are those of another tier. */
    @JsonProperty("other-tier") OTHER_TIER,
    /** It differs: the price is fixed in another unit than neuron, whose rate moves. */
    @JsonProperty("other-denomination") OTHER_DENOMINATION,
    /** It differs: the provider offers several models, or the request is of another one than the price. */
    @JsonProperty("several-models") SEVERAL_MODELS,
    /** Unknown: a charge without unit prices. */
    @JsonProperty("no-unit-prices") NO_UNIT_PRICES,
    /** Unknown: the provider had no price for the service when the request was completed. */
    @JsonProperty("no-price") NO_PRICE,
    /** Unknown: units among them have no published price. */
    @JsonProperty("other-units") OTHER_UNITS,
    /** Unknown: there may be tiers or a price for cached input. */
    @JsonProperty("additional-info-unknown") ADDITIONAL_INFO_UNKNOWN,
    /** Unknown: the provider published something else than the described JSON. */
    @JsonProperty("additional-info-unreadable") ADDITIONAL_INFO_UNREADABLE,
    /** Unknown: the input is larger than that of the last tier. */
    @JsonProperty("beyond-tiers") BEYOND_TIERS
  }
}
