package io.neuronledger.contracts.view.usage;

import io.neuronledger.contracts.usage.ApiKeyId;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The Router's {@code /v1/account/usage/history}: newest first, paged by offset.
 *
 * @param total the number of requests that match the filters
 */
public record AccountUsageHistory(AsOf asOf, WalletAddress address, long total, int limit, long offset,
    List<Item> items) {
  public AccountUsageHistory {
    items = List.copyOf(items);
  }

  /**
   * One request. Images, seconds and clips have no tokens.
   *
   * @param provider the provider's address
   * @param createdAt when it was completed
   * @param cost in neuron
   * @param pricing whether the cost is the sum of reported unit prices
   */
  public record Item(RequestId requestId, Instant createdAt, ModelName model, WalletAddress provider,
      ServiceName service, UsageSource source, Optional<ApiKeyId> apiKeyId, long promptTokens, long cachedTokens,
      long completionTokens, long totalTokens, Neuron cost, Units.Pricing pricing) {}
}
