package io.neuronledger.command.account;

import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.value.ServiceName;
import java.time.Duration;
import java.util.Map;

/**
 * The lock period of each service at one position of a partition. It belongs to the service, not to any ledger.
 */
public record ServiceTerms(Map<ServiceName, Duration> lockPeriods) {
  public static final ServiceTerms NONE_SET = new ServiceTerms(Map.of());

  public ServiceTerms {
    lockPeriods = Map.copyOf(lockPeriods);
  }

  public Duration lockPeriod(ServiceName service) {
    return lockPeriods.getOrDefault(service, RefundRules.LOCK_PERIOD_DEFAULT);
  }
}
