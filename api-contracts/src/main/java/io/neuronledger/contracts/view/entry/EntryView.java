package io.neuronledger.contracts.view.entry;

import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.event.Evidence;
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
 * @param type the account event's stored name
 * @param amount the moved or requested amount; absent where the event has none
 * @param details the event's further fields
 * @param postings the double entry, summing to zero; empty where no money moved
 * @param after the state after the event
 * @param position the cause's position on the chain
 * @param evidence how the cause is known, with transaction hash and log index; absent where time was the cause
 * @param recordedAt the time of recording, by the service's clock
 * @param retracted whether the chain retracted the cause; a later {@code ledger-rewound} carries the negated sum
 */
public record EntryView(EntryId id, String type, Optional<WalletAddress> provider, Optional<ServiceName> service,
    Optional<Neuron> amount, EntryDetails details, List<Posting> postings, After after, ChainPosition position,
    int branch, Hash blockHash, Instant blockTime, Optional<Evidence> evidence, Instant recordedAt,
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

  /** An active refund after the event. */
  public record Refund(RefundId id, Neuron amount, Instant requestedAt) {}
}
