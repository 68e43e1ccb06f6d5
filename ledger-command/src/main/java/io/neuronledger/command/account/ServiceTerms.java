package io.neuronledger.command.account;

import io.neuronledger.contracts.value.ServiceName;
import java.time.Duration;
import java.util.Map;

/**
 * The lock period of each service at one point of a partition. It belongs to the service and is no part of any ledger.
 */
public record ServiceTerms(Map<ServiceName, Duration> lockPeriods) {
  public static final ServiceTerms NONE_SET = new ServiceTerms(Map.of());

  /** What the contracts start with, for a service whose period was never said. */
  public static final Duration LOCK_PERIOD_DEFAULT = Duration.ofDays(1);

  public ServiceTerms {
    lockPeriods = Map.copyOf(lockPeriods);
  }

  public Duration lockPeriod(ServiceName service) {
    return lockPeriods.getOrDefault(service, LOCK_PERIOD_DEFAULT);
  }
}
