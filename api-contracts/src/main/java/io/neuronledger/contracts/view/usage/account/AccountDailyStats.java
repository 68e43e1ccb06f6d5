package io.neuronledger.contracts.view.usage.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The Router's {@code /v1/account/usage/daily}: sums by day, UTC, and model.
 *
 * @param data by day, then model
 */
public record AccountDailyStats(AsOf asOf, WalletAddress address, Optional<LocalDate> startDate,
    Optional<LocalDate> endDate, Type object, Currency currency, List<Row> data) {
  public AccountDailyStats {
    data = List.copyOf(data);
  }

  /** The answer of a day's sums. */
  public AccountDailyStats(AsOf asOf, WalletAddress address, Optional<LocalDate> startDate, Optional<LocalDate> endDate,
      List<Row> data) {
    this(asOf, address, startDate, endDate, Type.LIST, Currency.ZERO_G, data);
  }

  /** The Router's name of the answer's form. */
  public enum Type {
    @JsonProperty("list") LIST
  }

  /** What costs are counted in: 0G, in neuron. */
  public enum Currency {
    @JsonProperty("0g") ZERO_G
  }

  /**
   * The requests for a model that were completed on a day.
   *
   * @param canonicalId the same as modelId
   * @param inputTokens all of them, the cached ones among them
   * @param cost in neuron
   * @param unverifiedCost what was charged of it without unit prices, in neuron
   */
  public record Row(LocalDate date, ModelName canonicalId, ModelName modelId, long requestCount,
      BigInteger inputTokens, BigInteger outputTokens, BigInteger cachedTokens, NeuronSum cost,
      NeuronSum unverifiedCost) {}
}
