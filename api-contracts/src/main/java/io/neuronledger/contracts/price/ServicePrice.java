package io.neuronledger.contracts.price;

import io.neuronledger.contracts.value.Neuron;
import java.util.Optional;

/**
 * The price that a provider publishes for its service on chain, with what it says beside it. Nothing about the texts is
 * checked by the contracts: they are as published, with U+FFFD where the bytes are not UTF-8.
 *
 * @param serviceType {@code chatbot}, {@code text-to-image} and more, or {@code fine-tuning}
 * @param model the model that the price is for; absent where the contract's log names none
 * @param input in neuron for a token of input
 * @param output in neuron for a token of output, an image, or a second; absent where there is one price for all
 * @param verifiability how answers are proved, as the provider names it; absent where the contract has no such field
 * @param additionalInfo the provider's JSON with tiers, cache and denomination, which no log carries; absent where it
 *     is unknown: the node no longer held the block's state, or a later update of the block has replaced it
 */
public record ServicePrice(String serviceType, String url, Optional<String> model, Neuron input,
    Optional<Neuron> output, Optional<String> verifiability, Optional<String> additionalInfo) {
  public ServicePrice withAdditionalInfo(Optional<String> info) {
    return new ServicePrice(serviceType, url, model, input, output, verifiability, info);
  }
}
