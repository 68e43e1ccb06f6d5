package io.neuronledger.wallet.funding;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/**
 * When one sub-account is funded, and with how much at most.
 *
 * @param threshold a transfer is made while less than this is spendable; above zero
 * @param target what is spendable after it; at least the threshold
 * @param interval from one look to the next, 1 second to 1 day
 * @param capPerDay the most of all transfers to the sub-account in a UTC day, those made by hand too
 * @param capInAll the most of all of them together; at least the cap of a day
 * @param since the first UTC day that counts for the cap in all; empty for all that the ledger has recorded
 * @param undoRefund whether a transfer may cancel refunds that the owner has asked for
 */
public record FundingRule(WalletAddress provider, ServiceName service, Neuron threshold, Neuron target,
    Duration interval, Neuron capPerDay, Neuron capInAll, Optional<LocalDate> since, boolean undoRefund) {
  private static final Duration INTERVAL_MIN = Duration.ofSeconds(1);
  private static final Duration INTERVAL_MAX = Duration.ofDays(1);

  /** @throws IllegalArgumentException for limits that contradict each other */
  public FundingRule {
    require(!threshold.isZero(), "a threshold is above 0");
    require(target.compareTo(threshold) >= 0, "the target " + target.toZeroG() + " is below the threshold "
        + threshold.toZeroG());
    require(interval.compareTo(INTERVAL_MIN) >= 0 && interval.compareTo(INTERVAL_MAX) <= 0,
        "an interval is 1 second to 1 day, not " + interval);
    require(!capPerDay.isZero(), "a cap per day is above 0");
    require(capInAll.compareTo(capPerDay) >= 0, "the cap in all " + capInAll.toZeroG() + " is below the cap per day "
        + capPerDay.toZeroG());
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Whether both are about the same sub-account. */
  public boolean isAbout(WalletAddress otherProvider, ServiceName otherService) {
    return provider.equals(otherProvider) && service.equals(otherService);
  }

  /** The sub-account, for people. */
  public String shown() {
    return provider.checksummed() + ", " + service;
  }
}
