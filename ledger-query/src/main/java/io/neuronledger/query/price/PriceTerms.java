package io.neuronledger.query.price;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.price.PriceView.AdditionalInfo;
import io.neuronledger.contracts.view.price.PriceView.Tier;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a provider publishes beside its prices, as JSON: {@code cacheTokenBilling.divisor}, {@code tieredPricing.tiers},
 * {@code priceDenomination}, {@code MultiModel}. Other members are of no interest; one of these in another form makes
 * all of it unreadable, because a price by the rest could be wrong.
 *
 * @param cached the price of a token of input from the cache, in neuron; absent where it is not another one
 * @param tiers the smallest input first
 * @param denomination the unit that the price is fixed in; absent where it is neuron
 */
record PriceTerms(AdditionalInfo state, Optional<Neuron> cached, List<Tier> tiers, Optional<String> denomination,
    boolean severalModels) {
  private static final String NEURON_DENOMINATION = "0G";

  PriceTerms {
    tiers = List.copyOf(tiers);
  }

  static PriceTerms of(ServicePrice price) {
    if (price.output().isEmpty()) {
      return without(AdditionalInfo.KNOWN);   // one price for all: the contract has no such information
    }
    if (price.additionalInfo().isEmpty()) {
      return without(AdditionalInfo.UNKNOWN);
    }
    try {
      return price.additionalInfo().get().isBlank() ? without(AdditionalInfo.KNOWN)
          : read(price, price.output().get(), TopicJson.MAPPER.readTree(price.additionalInfo().get()));
    } catch (JacksonException | IllegalArgumentException | ArithmeticException e) {
      return without(AdditionalInfo.UNREADABLE);
    }
  }

  private static PriceTerms without(AdditionalInfo state) {
    return new PriceTerms(state, Optional.empty(), List.of(), Optional.empty(), false);
  }

  private static PriceTerms read(ServicePrice price, Neuron output, JsonNode info) {
    object(info);
    Optional<BigInteger> divisor = member(info, "cacheTokenBilling").map(PriceTerms::object)
        .flatMap(billing -> member(billing, "divisor")).map(PriceTerms::positive);
    List<Tier> tiers = new ArrayList<>();
    Optional<JsonNode> listed =
        member(info, "tieredPricing").map(PriceTerms::object).flatMap(tiered -> member(tiered, "tiers"));
    if (listed.isPresent()) {
      require(listed.get().isArray());
      listed.get().forEach(tier -> tiers.add(tier(object(tier), price.input(), output, divisor)));
    }
    for (int i = 1; i < tiers.size(); i++) {
      long before = tiers.get(i - 1).maxInputTokens().orElse(Long.MAX_VALUE);
      require(before < tiers.get(i).maxInputTokens().orElse(Long.MAX_VALUE));
    }
    Optional<String> denomination = member(info, "priceDenomination").map(PriceTerms::text)
        .filter(unit -> !unit.isEmpty() && !unit.equalsIgnoreCase(NEURON_DENOMINATION));
    boolean several = member(info, "MultiModel").map(PriceTerms::flag).orElse(false);
    return new PriceTerms(AdditionalInfo.KNOWN, divisor.map(by -> divided(price.input(), by)), tiers, denomination,
        several);
  }

  private static Tier tier(JsonNode tier, Neuron input, Neuron output, Optional<BigInteger> divisor) {
    Optional<BigInteger> most = member(tier, "maxInputTokens").map(PriceTerms::whole);
    Neuron tierInput = multiplied(input, tier, "inputMultiplier");
    return new Tier(most.filter(max -> max.signum() > 0).map(BigInteger::longValueExact), tierInput,
        multiplied(output, tier, "outputMultiplier"), divisor.map(by -> divided(tierInput, by)));
  }

  private static Neuron multiplied(Neuron price, JsonNode tier, String name) {
    BigInteger by = member(tier, name).map(PriceTerms::whole).orElse(BigInteger.ONE);
    BigInteger denominator = member(tier, name + "Denominator").map(PriceTerms::positive).orElse(BigInteger.ONE);
    return new Neuron(price.value().multiply(by).divide(denominator));
  }

  private static Neuron divided(Neuron price, BigInteger by) {
    return new Neuron(price.value().divide(by));
  }

  private static Optional<JsonNode> member(JsonNode object, String name) {
    return Optional.of(object.path(name)).filter(node -> !node.isMissingNode() && !node.isNull());
  }

  private static JsonNode object(JsonNode node) {
    require(node.isObject());
    return node;
  }

  private static BigInteger whole(JsonNode node) {
    require(node.isIntegralNumber() && node.bigIntegerValue().signum() >= 0);
    return node.bigIntegerValue();
  }

  private static BigInteger positive(JsonNode node) {
    require(whole(node).signum() > 0);
    return node.bigIntegerValue();
  }

  private static String text(JsonNode node) {
    require(node.isString());
    return node.asString();
  }

  private static boolean flag(JsonNode node) {
    require(node.isBoolean());
    return node.booleanValue();
  }

  private static void require(boolean form) {
    if (!form) {
      throw new IllegalArgumentException("not the described form");
    }
  }
}
