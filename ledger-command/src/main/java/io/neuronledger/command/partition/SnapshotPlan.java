package io.neuronledger.command.partition;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.account.aggregate.LedgerSnapshot;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The states that become snapshots. A state is a candidate each time its stream has grown by {@link #EVENTS_BETWEEN}
 * events, and is stored once its block is final: a rewind goes back to finality at most, so it never needs an event
 * before a snapshot. Candidates are only in memory; after a restart the stream's next growth adds a new one.
 */
final class SnapshotPlan {
  /** Loading reads at most about twice as many events, plus those not final. */
  static final int EVENTS_BETWEEN = 500;

  private final Map<WalletAddress, Candidate> candidates = new HashMap<>();

  /** @param sequence of the last event in the snapshot */
  record Candidate(long sequence, long block, LedgerSnapshot snapshot) {}

  /**
   * Adds a candidate if the stream has grown far enough.
   *
   * @param before the stream's number of events before the unit of work
   * @param now its number of events now
   * @param block an upper bound of the blocks of its events
   */
  void add(WalletAddress owner, long before, long now, long block, Ledger state) {
    boolean due = before / EVENTS_BETWEEN < now / EVENTS_BETWEEN;
    if (due && !candidates.containsKey(owner)) {
      candidates.put(owner, new Candidate(now - 1, block, new LedgerSnapshot(owner, state.state())));
    }
  }

  /** Removes and returns the candidates whose block is final. */
  List<Candidate> removeFinal(long finalizedBlock) {
    List<Candidate> due = new ArrayList<>();
    Iterator<Candidate> each = candidates.values().iterator();
    while (each.hasNext()) {
      Candidate next = each.next();
      if (next.block() <= finalizedBlock) {
        due.add(next);
        each.remove();
      }
    }
    return due;
  }

  void retract(long fromBlock) {
    candidates.values().removeIf(each -> each.block() >= fromBlock);
  }
}
