package io.neuronledger.command.account;

import io.neuronledger.contracts.value.ServiceName;
import java.time.Duration;
import java.util.Map;

/**
 * The lock period of each service at one position of a partition. It belongs to the service, not to any ledger.
 */
public record ServiceTerms(Map<ServiceName, Duration> lockPeriods) {
  public static final ServiceTerms NONE_SET = new ServiceTerms(Map.of());

  /** The contracts' initial value, for a service without a recorded period. */
  public static final Duration LOCK_PERIOD_DEFAULT = Duration.ofDays(1);

  public ServiceTerms {
    lockPeriods = Map.copyOf(lockPeriods);
  }

  public Duration lockPeriod(ServiceName service) {
    return lockPeriods.getOrDefault(service, LOCK_PERIOD_DEFAULT);
  }
}
