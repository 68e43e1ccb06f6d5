package io.neuronledger.contracts.view.entry;

import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.usage.DiscrepancyResolution;
import io.neuronledger.contracts.view.usage.UsageEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One line of an owner's journal: one account event, or one of the reports of an event of usage. What the chain caused
 * has a place on the chain and leaves a state; a usage report, its reversal and a resolution come from off chain, move
 * no money, and have neither.
 *
 * @param type the account event's stored name
 * @param amount the moved or requested amount; of a usage report and of its reversal the fee; absent where there is
 *     none
 * @param details the event's further fields; none of what comes from off chain
 * @param postings the double entry, summing to zero; empty where no money moved
 * @param after the state after the event; present where the chain caused it, and so are the next four
 * @param position the cause's position on the chain
 * @param branch the fork counter, from 0
 * @param evidence how the cause is known, with transaction hash and log index; absent where time was the cause
 * @param request the reported request; of a report and of its reversal. Whether it is reversed is as of this answer
 * @param resolution what was decided about a discrepancy; of a resolution
 * @param recordedAt the time of recording, by the service's clock
 * @param retracted whether the chain retracted the cause; a later {@code ledger-rewound} carries the negated sum
 */
public record EntryView(EntryId id, String type, Optional<WalletAddress> provider, Optional<ServiceName> service,
    Optional<Neuron> amount, EntryDetails details, List<Posting> postings, Optional<After> after,
    Optional<ChainPosition> position, OptionalInt branch, Optional<Hash> blockHash, Optional<Instant> blockTime,
    Optional<Evidence> evidence, Optional<UsageEntry> request, Optional<Resolution> resolution, Instant recordedAt,
    boolean retracted) {
  public EntryView {
    postings = List.copyOf(postings);
  }

  /** @param subAccounts those that the event changed; all open ones where it assigned the complete state */
  public record After(boolean open, Neuron available, Neuron locked, Neuron total, List<SubAccount> subAccounts) {
    public After {
      subAccounts = List.copyOf(subAccounts);
    }
  }

  /** A sub-account after the event. */
  public record SubAccount(WalletAddress provider, ServiceName service, boolean open, Neuron balance,
      Neuron pendingRefund, boolean acknowledged, List<Refund> refunds) {
    public SubAccount {
      refunds = List.copyOf(refunds);
    }
  }

  /**
   * What was decided about a discrepancy. Who decided is shown to finance only, with the discrepancy.
   *
   * @param key of the discrepancy
   * @param state what was decided; a later decision about the same discrepancy may have changed it
   * @param amount the difference between settlements and usage, for which alone the decision holds; absent where a
   *     rule was broken, and of a revocation
   * @param at the time by the service's clock
   */
  public record Resolution(String key, DiscrepancyResolution.State state, Optional<NeuronSum> amount, String reason,
      Instant at) {}

  /** An active refund after the event. */
  public record Refund(RefundId id, Neuron amount, Instant requestedAt) {}
}
