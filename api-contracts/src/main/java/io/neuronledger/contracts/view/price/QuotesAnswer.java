package io.neuronledger.contracts.view.price;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.util.List;
import java.util.Optional;

/**
 * What a request costs with each provider that offers its model, the cheapest first, those without a fee last.
 */
public record QuotesAnswer(AsOf asOf, ModelName model, List<Quote> quotes) {
  public QuotesAnswer {
    quotes = List.copyOf(quotes);
  }

  /**
   * One provider's fee: exact, or absent with the reason.
   *
   * @param fee in neuron
   * @param tier the largest input of the tier that applies; absent where none applies, or the tier has no end
   * @param priceSince the block from which on the price has been in force
   */
  public record Quote(WalletAddress provider, ServiceName service, Optional<Neuron> fee, Optional<Long> tier,
      Optional<Reason> reason, long priceSince) {}

  /** Why a fee cannot be computed exactly. */
  public enum Reason {
    /** The price is fixed in another unit than neuron: its rate moves. */
    @JsonProperty("other-denomination") OTHER_DENOMINATION,
    /** The provider offers several models: the price on chain may be another one's. */
    @JsonProperty("several-models") SEVERAL_MODELS,
    /** Whether there are tiers, a cache price or another denomination is unknown. */
    @JsonProperty("additional-info-unknown") ADDITIONAL_INFO_UNKNOWN,
    /** The provider published something else than the described JSON. */
    @JsonProperty("additional-info-unreadable") ADDITIONAL_INFO_UNREADABLE,
    /** The input is larger than that of the last tier. */
    @JsonProperty("beyond-tiers") BEYOND_TIERS,
    /** The service is not charged by these units. */
    @JsonProperty("other-units") OTHER_UNITS,
    /** The fee is no uint256. */
    @JsonProperty("too-large") TOO_LARGE
  }
}
