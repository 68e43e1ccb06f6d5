package io.neuronledger.command.lane;

import io.neuronledger.command.store.Payload;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The next record of a lane, checked as far as the lane is concerned: its seq is the one that was due.
 *
 * @param offset Kafka's
 * @param owner whom it concerns; absent on broadcasts
 */
public record LaneRecord(long seq, long offset, Optional<WalletAddress> owner, Payload value, Reading reading) {

  /** Cuts a batch into units of work: to size, and before each retraction, because it looks for what is stored. */
  public static List<List<LaneRecord>> units(List<LaneRecord> batch, int unitMax) {
    List<List<LaneRecord>> units = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= batch.size(); i++) {
      if (i == batch.size() || i - start == unitMax || batch.get(i).isRetraction()) {
        units.add(batch.subList(start, i));
        start = i;
      }
    }
    return units;
  }

  private boolean isRetraction() {
    return reading instanceof Reading.Understood understood
        && understood.chainRecord().event() instanceof ChainEvent.BranchRetracted;
  }
}
