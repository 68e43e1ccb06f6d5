package io.neuronledger.contracts.view;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.following.FollowingState;
import io.neuronledger.contracts.following.GuardRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the service follows and how far it is.
 *
 * @param deployment absent until the first record has come
 * @param asOf the last block that every partition has sealed, on the same branch; absent until there is one
 * @param guard how the published blocks are guarded: ranges without gaps, oldest first; empty before anything is known
 * @param quarantinedOwners how many owners' answers stand still
 */
public record StatusView(Optional<Deployment> deployment, Optional<AsOf> asOf, Following following,
    List<GuardRange> guard, int quarantinedOwners, List<Partition> partitions) {
  public StatusView {
    guard = List.copyOf(guard);
    partitions = List.copyOf(partitions);
  }

  /**
   * Whether the chain is being followed, as chain-indexer last reported.
   *
   * @param why the state is another one than following, for operators; absent while following
   * @param head the number of the newest block of the chain that it saw; absent before the first
   * @param headTime the time of that block
   * @param behind whether the answers are behind that head, or following does not run
   * @param since when this state began; absent where nothing has been heard of chain-indexer
   */
  public record Following(FollowingState state, Optional<String> why, Optional<Long> head, Optional<Instant> headTime,
      boolean behind, Optional<Instant> since) {}

  /**
   * One partition.
   *
   * @param nextSeq the seq of the record it takes next
   * @param stopped why it has halted, with topic, partition, offset and seq, for operators; absent while it goes on
   */
  public record Partition(int partition, long nextSeq, int branch, Optional<AsOf> asOf, Optional<String> stopped) {}
}
