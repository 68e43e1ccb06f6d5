package io.neuronledger.query.partition;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a batch of one partition tells of quarantined owners. */
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

  /** The blocks from {@code fromBlock} on are gone: nobody's answers stand there any more. */
  void retract(long fromBlock, Optional<Seal> seal) {
    added.replaceAll(told -> told.cap().isPresent() && told.cap().get().block() >= fromBlock
        ? new PartitionChanges.Quarantined(told.owner(), told.seq(), told.foundBy(), told.reason(), seal)
        : told);
  }

  /** In the order of the partition. */
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
