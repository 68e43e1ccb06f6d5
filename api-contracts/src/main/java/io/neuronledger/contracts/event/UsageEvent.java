package io.neuronledger.contracts.event;

import io.neuronledger.contracts.usage.DifferenceKey;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageTotal;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reported usage, its corrections, and operators' decisions about its settlement. It originates off chain: no fork
 * retracts it, and it moves no money.
 */
public sealed interface UsageEvent extends AccountEvent {
  WalletAddress owner();

  /**
   * Served requests were accepted, each for the first and only time. Neither the sub-account nor the service need
   * exist: whether a request counts is derived where it is read.
   *
   * @param lines in order of acceptance, 1 to 500
   * @param direct the running total of the sub-account's direct usage after this event
   * @param router the running total of usage through routers, a separate pool, after this event
   */
  record UsageRecorded(WalletAddress owner, WalletAddress provider, ServiceName service, List<UsageLine> lines,
      UsageTotal direct, UsageTotal router) implements Metered {
    /** Keeps the largest event below the size limit of a Kafka record. */
    public static final int LINES_MAX = 500;

    public UsageRecorded {
      lines = List.copyOf(lines);
      if (lines.isEmpty() || lines.size() > LINES_MAX) {
        throw new IllegalArgumentException("1 to " + LINES_MAX + " lines, not " + lines.size());
      }
    }
  }

  /** What changes the running totals of a sub-account: both are the totals after this event. */
  sealed interface Metered extends UsageEvent {
    WalletAddress provider();

    ServiceName service();

    /** The running total of the sub-account's direct usage. */
    UsageTotal direct();

    /** The running total of usage through routers, a separate pool. */
    UsageTotal router();

    /** The sub-account; it need not exist. */
    default SubAccountId subAccount() {
      return new SubAccountId(owner(), provider(), service());
    }
  }

  /**
   * An accepted report was wrong: it counts no longer. Its event stays, and its request id is never accepted again.
   *
   * @param line as it was accepted
   * @param replacedBy the request id of the right report, of the same provider, recorded in the same transaction as
   *     {@link UsageRecorded}, for this owner or another one; absent if the report has no replacement
   * @param reason 1 to 2,000 characters
   * @param by the caller who corrected it, 1 to 200 characters
   * @param at the time by the service's clock
   */
  record UsageReversed(WalletAddress owner, WalletAddress provider, ServiceName service, UsageLine line,
      Optional<RequestId> replacedBy, String reason, String by, Instant at, UsageTotal direct, UsageTotal router)
      implements Metered {}

  /** A decision about a difference between settlements and usage. */
  sealed interface DifferenceDecision extends UsageEvent {
    DifferenceKey key();

    /** The reason, 1 to 2,000 characters. */
    String reason();

    /** The caller who decided, 1 to 200 characters. */
    String by();

    /** The time by the service's clock. */
    Instant at();
  }

  /**
   * One person proposed to close a difference whose amount needs a second person. It closes nothing by itself.
   *
   * @param amount the difference that was looked at
   * @param reason 1 to 2,000 characters
   * @param by the caller who decided, 1 to 200 characters
   * @param at the time by the service's clock
   */
  record DifferenceResolutionProposed(WalletAddress owner, DifferenceKey key, NeuronSum amount, String reason,
      String by, Instant at) implements DifferenceDecision {}

  /**
   * Nothing that was decided about a difference before, proposed or in force, counts any longer.
   *
   * @param reason 1 to 2,000 characters
   * @param by the caller who decided, 1 to 200 characters
   * @param at the time by the service's clock
   */
  record DifferenceResolutionRevoked(WalletAddress owner, DifferenceKey key, String reason, String by, Instant at)
      implements DifferenceDecision {}

  /**
   * An operator closed a difference between settlements and usage, or approved the last proposal to do so. The
   * resolution holds for exactly this amount.
   *
   * @param amount the difference at the time of the decision
   * @param by the operator's name, as given
   * @param at the time by the service's clock
   */
  record DifferenceResolved(WalletAddress owner, DifferenceKey key, NeuronSum amount, String reason, String by,
      Instant at) implements DifferenceDecision {}
}
