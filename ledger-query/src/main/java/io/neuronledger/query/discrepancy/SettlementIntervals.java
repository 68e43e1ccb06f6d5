package io.neuronledger.query.discrepancy;

import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** How long usage may wait for its settlement until that is a difference: each provider's, or that of all others. */
public final class SettlementIntervals {
  private final Duration others;
  private final Map<WalletAddress, Duration> byProvider;

  /**
   * @param others of the providers without one of their own
   * @param byProvider by address, in any letter case
   * @throws IllegalArgumentException for what is no address, or not above zero
   */
  public SettlementIntervals(Duration others, Map<String, Duration> byProvider) {
    this.others = positive(others);
    this.byProvider = byProvider.entrySet().stream().collect(Collectors.toMap(
        entry -> WalletAddress.parse(entry.getKey()), entry -> positive(entry.getValue())));
  }

  private static Duration positive(Duration interval) {
    if (!interval.isPositive()) {
      throw new IllegalArgumentException("a settlement interval must be above zero: " + interval);
    }
    return interval;
  }

  Duration of(WalletAddress provider) {
    return byProvider.getOrDefault(provider, others);
  }

  Duration others() {
    return others;
  }

  /** The providers with one of their own. */
  Map<WalletAddress, Duration> byProvider() {
    return byProvider;
  }
}
