package io.neuronledger.command.account;

import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.Posting;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SignedNeuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Replays an owner's stream to tell the chain state before a block, on the branch that lived until now: what an earlier
 * rewind took back counts for nothing. What people decided is no chain state.
 */
public final class LedgerHistory {
  private static final BigInteger AMOUNT_MAX = Neuron.MAX.value();

  private final long fromBlock;
  private final List<Entry> retracted = new ArrayList<>();
  private Ledger before;

  private record Entry(long block, List<Posting> postings) {}

  /**
   * @param start the state before the first event that will be told: closed, or a snapshot's
   * @param fromBlock the first block that is no more
   */
  public LedgerHistory(Ledger start, long fromBlock) {
    this.before = start;
    this.fromBlock = fromBlock;
  }

  /** The next event of the stream. */
  public void add(LedgerEvent event) {
    switch (event) {
      case LedgerEvent.LedgerRewound rewound -> rewound(rewound);
      case LedgerEvent.Booked booked -> add(booked, booked.postings());
      case LedgerEvent.Assigned assigned -> add(assigned, assigned.postings());
      case LedgerEvent.DiscrepancyFound _, LedgerEvent.DiscrepancyResolved _ -> { }
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

  private void rewound(LedgerEvent.LedgerRewound rewound) {
    retracted.removeIf(entry -> entry.block() >= rewound.fromBlock());
    if (rewound.fromBlock() <= fromBlock) {
      before = before.evolve(rewound);
    }
  }

  /** Whether anything of the living branch stands at or behind the block. */
  public boolean isTouched() {
    return !retracted.isEmpty();
  }

  /** The event that brings the owner back: the complete state, and the negated sum of what is taken back. */
  public LedgerEvent.LedgerRewound rewound(WalletAddress owner, Cause cause) {
    SortedMap<String, BigInteger> sums = new TreeMap<>();
    for (Entry entry : retracted) {
      for (Posting posting : entry.postings()) {
        sums.merge(posting.account(), posting.amount().value().negate(), BigInteger::add);
      }
    }
    List<Posting> postings = new ArrayList<>();
    sums.forEach((account, sum) -> postings.addAll(lines(account, sum)));
    return new LedgerEvent.LedgerRewound(owner, fromBlock, before.state(), postings, cause);
  }

  /** One line, or several where the sum of many facts is beyond what one amount can say. */
  private static List<Posting> lines(String account, BigInteger sum) {
    List<Posting> lines = new ArrayList<>(1);
    BigInteger rest = sum;
    while (rest.signum() != 0) {
      BigInteger line = rest.signum() > 0 ? rest.min(AMOUNT_MAX) : rest.max(AMOUNT_MAX.negate());
      lines.add(new Posting(account, new SignedNeuron(line)));
      rest = rest.subtract(line);
    }
    return lines;
  }
}
