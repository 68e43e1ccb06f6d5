package io.neuronledger.contracts.event;

import io.neuronledger.contracts.usage.DifferenceKey;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageTotal;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.List;

/**
 * What was reported of usage, and what people decided about its settlement. It stems from off chain: no fork takes it
 * back, and no money moves with it.
 */
public sealed interface UsageEvent extends AccountEvent {
  WalletAddress owner();

  /**
   * Served requests were accepted, each for the first and only time. The sub-account need not exist.
   *
   * @param lines in the order in which they were accepted, 1 to 500
   * @param direct the running total of the sub-account's own usage that this leaves
   * @param router the running total of usage through routers, a pool of its own, that this leaves
   */
  record UsageRecorded(WalletAddress owner, WalletAddress provider, ServiceName service, List<UsageLine> lines,
      UsageTotal direct, UsageTotal router) implements UsageEvent {
    /** So that the largest event stays below what a Kafka record may hold. */
    public static final int LINES_MAX = 500;

    public UsageRecorded {
      lines = List.copyOf(lines);
      if (lines.isEmpty() || lines.size() > LINES_MAX) {
        throw new IllegalArgumentException("1 to " + LINES_MAX + " lines, not " + lines.size());
      }
    }

    public SubAccountId subAccount() {
      return new SubAccountId(owner, provider, service);
    }
  }

  /**
   * A person has looked at a difference between settlements and usage and closed it. It holds for exactly this amount.
   *
   * @param amount what the difference was when the person looked at it
   * @param by who, as they gave it
   * @param at the service's clock
   */
  record DifferenceResolved(WalletAddress owner, DifferenceKey key, NeuronSum amount, String reason, String by,
      Instant at) implements UsageEvent {}
}
