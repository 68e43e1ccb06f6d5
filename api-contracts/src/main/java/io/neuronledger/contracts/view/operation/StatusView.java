package io.neuronledger.contracts.view.operation;

import io.neuronledger.contracts.following.FollowingState;
import io.neuronledger.contracts.following.GuardRange;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the service projects, and its progress.
 *
 * @param deployment absent until the first record has been read
 * @param asOf the last block that the answers of every partition can be as of; absent until there is one
 * @param guard the guards of the published blocks: ranges without gaps, oldest first; empty before the first report
 * @param quarantinedOwners the number of quarantined owners
 */
public record StatusView(Optional<Deployment> deployment, Optional<AsOf> asOf, Following following,
    List<GuardRange> guard, int quarantinedOwners, Blocks blocks, List<Partition> partitions) {
  public StatusView {
    guard = List.copyOf(guard);
    partitions = List.copyOf(partitions);
  }

  /**
   * The deployment that is followed.
   *
   * @param partitions the number of partitions; stored events have another name for it
   * @see io.neuronledger.contracts.event.Deployment
   */
  public record Deployment(long chainId, String family, List<WalletAddress> contracts, long startBlock,
      int decoderVersion, int partitions) {
    public Deployment {
      contracts = List.copyOf(contracts);
    }
  }

  /**
   * The last report of chain-indexer about following the chain.
   *
   * @param why the reason for any state but following, for operators; absent while following
   * @param head the number of the newest block that it knows; absent before the first
   * @param headTime the time of that block
   * @param confirmations the number of blocks above a block before it is published; 0 or more; absent where
   *     chain-indexer has never reported
   * @param behind whether the answers lag the last block to be published so far, or the state is not following
   * @param since the start of this state; absent where chain-indexer has never reported
   */
  public record Following(FollowingState state, Optional<String> why, Optional<Long> head, Optional<Instant> headTime,
      Optional<Long> confirmations, boolean behind, Optional<Instant> since) {}

  /**
   * The topic of blocks, which says how far partitions without events have come.
   *
   * @param nextSeq the seq of the next record
   * @param newest the number of the newest block; absent before the first
   * @param stopped why its reader has halted, with topic, offset and seq, for operators; absent while it runs
   */
  public record Blocks(long nextSeq, int branch, Optional<Long> newest, Optional<String> stopped) {}

  /**
   * One partition of account events.
   *
   * @param nextSeq the seq of the next record
   * @param asOf the block that answers about one owner of the partition are as of; absent before the first
   * @param stopped why the partition has halted, with topic, partition, offset and seq, for operators; absent while it
   *     runs
   */
  public record Partition(int partition, long nextSeq, int branch, Optional<AsOf> asOf, Optional<String> stopped) {}
}
