package io.neuronledger.contracts.view.price;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.AsOf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page of the Router's {@code /v1/models}: the models that a price is in force for or that usage was reported of.
 *
 * @param data by model
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record ModelsPage(AsOf asOf, Type object, List<Line> data, boolean hasMore, Optional<String> nextCursor) {
  public ModelsPage {
    data = List.copyOf(data);
  }

  /** The answer of a page's models. */
  public ModelsPage(AsOf asOf, List<Line> data, boolean hasMore, Optional<String> nextCursor) {
    this(asOf, Type.LIST, data, hasMore, nextCursor);
  }

  /** The Router's name of the answer's form. */
  public enum Type {
    @JsonProperty("list") LIST
  }

  /**
   * One model, with what the chain says of it. Where several providers offer it, type, verifiability and pricing are of
   * the cheapest one whose price is exact.
   *
   * @param type the kind of service, as the provider published it; absent where no price is in force
   * @param pricing absent where no fee can be computed from any price of the model
   * @param providerCount the number of providers with a price in force, healthy or not
   * @param verifiability how answers are proved, as the provider published it
   * @param lastUsedHour the start of the last hour, UTC, in which a reported request was completed; absent where none
   *     was
   */
  public record Line(ModelName id, Optional<String> type, Optional<Pricing> pricing, long providerCount,
      Optional<String> verifiability, Optional<Instant> lastUsedHour) {}

  /**
   * One provider's prices, in neuron.
   *
   * @param prompt for a token of input
   * @param completion for a token of output, an image or a second
   * @param cachedPrompt for a token of input from the cache; absent where it is not another price
   * @param tieredPricing the prices by the size of the input, the smallest first; empty where there are none
   */
  public record Pricing(Neuron prompt, Neuron completion, Optional<Neuron> cachedPrompt, List<Tier> tieredPricing) {
    public Pricing {
      tieredPricing = List.copyOf(tieredPricing);
    }
  }

  /**
   * The prices of requests with at most so many tokens of input, in neuron.
   *
   * @param maxInputTokens absent: any number
   */
  public record Tier(Optional<Long> maxInputTokens, Neuron prompt, Neuron completion, Optional<Neuron> cachedPrompt) {}
}
