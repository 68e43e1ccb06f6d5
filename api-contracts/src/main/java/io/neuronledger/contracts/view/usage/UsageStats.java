package io.neuronledger.contracts.view.usage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Sums of an owner's usage.
 *
 * @param startDate the first day asked for, UTC; absent where there is no limit
 * @param endDate the last day asked for, UTC
 * @param days the days with usage, oldest first
 * @param models by provider and model
 * @param setApart of the requests that are set apart, and so in no other sum
 */
public record UsageStats(AsOf asOf, boolean quarantined, WalletAddress owner, Optional<LocalDate> startDate,
    Optional<LocalDate> endDate, UsageSums total, List<Day> days, List<Model> models, UsageSums setApart) {
  public UsageStats {
    days = List.copyOf(days);
    models = List.copyOf(models);
  }

  /** @param date by completion, UTC */
  public record Day(LocalDate date, @JsonUnwrapped UsageSums sums) {}

  /** One model of one provider. */
  public record Model(WalletAddress provider, ModelName model, @JsonUnwrapped UsageSums sums) {}
}
