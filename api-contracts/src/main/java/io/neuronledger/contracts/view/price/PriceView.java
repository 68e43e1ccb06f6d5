package io.neuronledger.contracts.view.price;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A provider's price for a service. Texts are as the provider published them on chain, unchecked.
 *
 * @param model the model that the price is for; absent where the contract's log names none
 * @param inputPrice in neuron for a token of input
 * @param outputPrice in neuron for a token of output, an image, or a second; absent where there is one price for all
 * @param cachedInputPrice in neuron for a token of input from the cache; absent where it is not another one, or unknown
 * @param tiers the prices by the size of the input, the smallest first; empty where there are none, or unknown
 * @param denomination the unit that the provider fixes its price in, as published; absent where it is neuron
 * @param severalModels whether the provider offers several models, so that others may have other prices
 * @param since the first block with this price; where following starts with it, it may be older
 * @param sinceTime the block's time
 */
public record PriceView(WalletAddress provider, ServiceName service, String serviceType, String url,
    Optional<String> model, Neuron inputPrice, Optional<Neuron> outputPrice, Optional<Neuron> cachedInputPrice,
    List<Tier> tiers, Optional<String> denomination, boolean severalModels, Optional<String> verifiability,
    AdditionalInfo additionalInfo, long since, Instant sinceTime) {
  public PriceView {
    tiers = List.copyOf(tiers);
  }

  /**
   * The prices of requests with at most so many tokens of input.
   *
   * @param maxInputTokens absent: any number
   */
  public record Tier(Optional<Long> maxInputTokens, Neuron inputPrice, Neuron outputPrice,
      Optional<Neuron> cachedInputPrice) {}

  /** Whether tiers, cache price and denomination are known. */
  public enum AdditionalInfo {
    @JsonProperty("known") KNOWN,
    /** The contract's answer could not be had at the block. */
    @JsonProperty("unknown") UNKNOWN,
    /** The provider published something else than the described JSON. */
    @JsonProperty("unreadable") UNREADABLE
  }
}
