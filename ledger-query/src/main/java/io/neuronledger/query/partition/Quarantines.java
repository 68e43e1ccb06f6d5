package io.neuronledger.query.partition;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.partition.change.PartitionChanges;
import io.neuronledger.query.partition.change.Seal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the quarantine changes of a batch in one partition. */
final class Quarantines {
  private final List<PartitionChanges.Quarantined> added = new ArrayList<>();
  private final List<PartitionChanges.Released> released = new ArrayList<>();
  private final List<PartitionChanges.Parked> parked = new ArrayList<>();

  void add(PartitionChanges.Quarantined quarantined) {
    added.add(quarantined);
  }

  void release(WalletAddress owner, long seq) {
    released.add(new PartitionChanges.Released(owner, seq));
  }

  void park(PartitionChanges.Parked record) {
    parked.add(record);
  }

  /** Moves answers frozen at a retracted block back to {@code seal}. */
  void retract(long fromBlock, Optional<Seal> seal) {
    added.replaceAll(each -> each.cap().isPresent() && each.cap().get().block() >= fromBlock
        ? new PartitionChanges.Quarantined(each.owner(), each.seq(), each.foundBy(), each.reason(), seal)
        : each);
  }

  /** The added quarantines, in partition order. */
  List<PartitionChanges.Quarantined> added() {
    return added;
  }

  List<PartitionChanges.Released> released() {
    return released;
  }

  List<PartitionChanges.Parked> parked() {
    return parked;
  }
}
