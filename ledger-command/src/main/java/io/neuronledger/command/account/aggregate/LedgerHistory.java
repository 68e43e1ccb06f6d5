package io.neuronledger.command.account.aggregate;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.balance.StoredPosting;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SignedNeuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Replays an owner's stream to compute the chain state before a block, on the branch that was live until now: events
 * that an earlier rewind reverted do not count. Operators' decisions are not chain state.
 */
public final class LedgerHistory {
  private static final BigInteger AMOUNT_MAX = Neuron.MAX.value();

  private final long fromBlock;
  private final List<Entry> retracted = new ArrayList<>();
  private Ledger before;

  private record Entry(long block, List<Posting> postings) {}

  /**
   * @param start the state before the first event that will be added: closed, or a snapshot's
   * @param fromBlock the first retracted block
   */
  public LedgerHistory(Ledger start, long fromBlock) {
    this.before = start;
    this.fromBlock = fromBlock;
  }

  /** The next event of the stream. */
  public void add(LedgerEvent event) {
    switch (event) {
      case LedgerEvent.LedgerRewound rewound -> rewind(rewound);
      case LedgerEvent.Booked booked -> add(booked, booked.postings());
      case LedgerEvent.Assigned assigned -> add(assigned, assigned.postings());
      case LedgerEvent.DiscrepancyFound _, LedgerEvent.BreachDecision _ -> { }
    }
  }

  private void add(LedgerEvent.ChainDriven event, List<Posting> postings) {
    long block = event.cause().position().block();
    if (block < fromBlock) {
      before = before.evolve(event);
    } else {
      retracted.add(new Entry(block, postings));
    }
  }

  private void rewind(LedgerEvent.LedgerRewound rewound) {
    retracted.removeIf(entry -> entry.block() >= rewound.fromBlock());
    if (rewound.fromBlock() <= fromBlock) {
      before = before.evolve(rewound);
    }
  }

  /** Whether the live branch has an event at or after the block. */
  public boolean hasRetracted() {
    return !retracted.isEmpty();
  }

  /** The event that restores the state before the block: the complete state, and the reverted postings negated. */
  public LedgerEvent.LedgerRewound rewind(WalletAddress owner, Cause cause) {
    SortedMap<String, BigInteger> sums = new TreeMap<>();
    for (Entry entry : retracted) {
      for (Posting posting : entry.postings()) {
        sums.merge(posting.account(), posting.amount().value().negate(), BigInteger::add);
      }
    }
    List<Posting> postings = new ArrayList<>();
    sums.forEach((account, sum) -> postings.addAll(postingsOf(account, sum)));
    LedgerEvent.LedgerRewound unposted =
        new LedgerEvent.LedgerRewound(owner, fromBlock, before.state(), Optional.empty(), cause);
    return postings.isEmpty() ? unposted : new LedgerEvent.LedgerRewound(owner, fromBlock, before.state(),
        Optional.of(StoredPosting.of(postings, owner, unposted.subAccounts())), cause);
  }

  /** One posting, or several if the sum exceeds the range of one amount. */
  private static List<Posting> postingsOf(String account, BigInteger sum) {
    List<Posting> postings = new ArrayList<>(1);
    BigInteger rest = sum;
    while (rest.signum() != 0) {
      BigInteger amount = rest.signum() > 0 ? rest.min(AMOUNT_MAX) : rest.max(AMOUNT_MAX.negate());
      postings.add(new Posting(account, new SignedNeuron(amount)));
      rest = rest.subtract(amount);
    }
    return postings;
  }
}
