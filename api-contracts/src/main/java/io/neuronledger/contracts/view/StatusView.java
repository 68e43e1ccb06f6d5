package io.neuronledger.contracts.view;

import io.neuronledger.contracts.event.Deployment;
import java.util.List;
import java.util.Optional;

/**
 * What the service follows and how far it is.
 *
 * @param deployment absent until the first record has come
 * @param asOf the last block that every lane has sealed, on the same branch; absent until there is one
 * @param quarantinedOwners how many owners' answers stand still
 */
public record StatusView(Optional<Deployment> deployment, Optional<AsOf> asOf, int quarantinedOwners,
    List<Lane> lanes) {
  public StatusView {
    lanes = List.copyOf(lanes);
  }

  /**
   * One numbered partition.
   *
   * @param nextSeq the seq of the record it takes next
   * @param stopped why it has halted, with topic, partition, offset and seq, for operators; absent while it goes on
   */
  public record Lane(int lane, long nextSeq, int branch, Optional<AsOf> asOf, Optional<String> stopped) {}
}
