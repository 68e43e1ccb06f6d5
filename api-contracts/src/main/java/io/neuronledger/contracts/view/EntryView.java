package io.neuronledger.contracts.view;

import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.Posting;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One line of an owner's journal: one account event.
 *
 * @param id {@code <partition>-<seq>} of the account event in its topic
 * @param type the account event's stored name
 * @param amount what moved, or was asked back; absent where the event has no amount
 * @param details what else the event says
 * @param postings the double entry, summing to zero; empty where no money moved
 * @param after what the event left
 * @param position where on the chain the cause stands
 * @param evidence how the cause is known, with transaction hash and log index; absent where time was the cause
 * @param recordedAt the service's clock
 * @param retracted whether the chain took the cause back; a later {@code ledger-rewound} carries the negated sum
 */
public record EntryView(String id, String type, Optional<WalletAddress> provider, Optional<ServiceName> service,
    Optional<Neuron> amount, EntryDetails details, List<Posting> postings, After after, ChainPosition position,
    int branch, Hash blockHash, Instant blockTime, Optional<Evidence> evidence, Instant recordedAt,
    boolean retracted) {
  public EntryView {
    postings = List.copyOf(postings);
  }

  /** @param subAccounts those that the event left with something new; all open ones where it assigned everything */
  public record After(boolean open, Neuron available, Neuron locked, Neuron total, List<SubAccount> subAccounts) {
    public After {
      subAccounts = List.copyOf(subAccounts);
    }
  }

  /** A sub-account as the event left it. */
  public record SubAccount(WalletAddress provider, ServiceName service, boolean open, Neuron balance,
      Neuron pendingRefund, boolean acknowledged, List<Refund> refunds) {
    public SubAccount {
      refunds = List.copyOf(refunds);
    }
  }

  /** An active refund as the event left it. */
  public record Refund(RefundId id, Neuron amount, Instant requestedAt) {}
}
