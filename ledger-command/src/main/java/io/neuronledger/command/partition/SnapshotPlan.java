package io.neuronledger.command.partition;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.account.LedgerSnapshot;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Which states become snapshots. A state is noted each time its stream has grown by so many events, and stored once its
 * block is final: so a rewind, which goes back to finality at most, never has to look before a snapshot. What is noted
 * is only in memory; after a restart the stream's next growth makes good for it.
 */
final class SnapshotPlan {
  /** Loading reads at most about twice as many, and what is not final. */
  static final int EVENTS_BETWEEN = 500;

  private final Map<WalletAddress, Noted> noted = new HashMap<>();

  /** @param sequence of the stream's last event in it */
  record Noted(long sequence, long block, LedgerSnapshot snapshot) {}

  /**
   * @param before how many events the stream had when the unit of work took it up
   * @param now how many it has
   * @param block nothing in the state is from a later one
   */
  void grown(WalletAddress owner, long before, long now, long block, Ledger state) {
    boolean due = before / EVENTS_BETWEEN < now / EVENTS_BETWEEN;
    if (due && !noted.containsKey(owner)) {
      noted.put(owner, new Noted(now - 1, block, new LedgerSnapshot(owner, state.state())));
    }
  }

  /** Takes out what is final by now. */
  List<Noted> takeFinal(long finalizedBlock) {
    List<Noted> due = new ArrayList<>();
    Iterator<Noted> each = noted.values().iterator();
    while (each.hasNext()) {
      Noted next = each.next();
      if (next.block() <= finalizedBlock) {
        due.add(next);
        each.remove();
      }
    }
    return due;
  }

  void retract(long fromBlock) {
    noted.values().removeIf(each -> each.block() >= fromBlock);
  }
}
