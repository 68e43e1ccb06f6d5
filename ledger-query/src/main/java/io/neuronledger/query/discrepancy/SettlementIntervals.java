package io.neuronledger.query.discrepancy;

import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The time within which usage must be settled, per provider, with a default; later it is a difference. */
public final class SettlementIntervals {
  private final Duration others;
  private final Map<WalletAddress, Duration> byProvider;

  /**
   * @param others the default, for providers that are not in {@code byProvider}; above zero
   * @param byProvider the intervals by provider address, in any letter case; above zero
   * @throws IllegalArgumentException if a key is not an address or an interval is not above zero
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

  /** The intervals of the providers that have one of their own. */
  Map<WalletAddress, Duration> byProvider() {
    return byProvider;
  }
}
