package io.neuronledger.indexer.decode.zerog;

import io.neuronledger.contracts.following.GuardRange;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.fixture.PublishedFact;
import io.neuronledger.indexer.follow.FollowerFixture;
import io.neuronledger.indexer.follow.FollowerFixture.Settings;
import io.neuronledger.testkit.trace.node.TraceNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A trace as the indexer publishes it. */
final class DecodedTrace implements AutoCloseable {
  private final FollowerFixture follower;
  private TraceNode server;

  DecodedTrace(ContractFamily family, WalletAddress manager, TraceNode server, long startBlock) {
    this.follower = new FollowerFixture(family, Settings.of(manager, startBlock), server.url());
    this.server = server;
  }

  /** Switches to another node of the same chain. */
  void changeTo(TraceNode other) {
    server = other;
    follower.changeNodes(other.url());
  }

  /** Restarts as a new process: only the stored state remains. */
  void restart(ContractFamily fresh) {
    follower.restart(fresh);
  }

  /** Decodes up to the block, in steps of at most so many blocks. */
  void readTo(long block, int blocksPerStep) {
    server.advanceTo(block);
    follower.changeBlocksPerStep(blocksPerStep);
    follower.followTo(block);
  }

  /** Retracts everything from the block on, as a fork does. */
  void restore(long block) {
    follower.retractTo(Math.min(block, follower.next()) - 1);
  }

  /** The state that the contracts' views report at the head, as a reconciliation publishes it. */
  FollowerFixture.Reconciliation observed() {
    return follower.reconcile();
  }

  List<PublishedFact> facts() {
    return follower.facts();
  }

  List<PublishedFact> factsOf(long block) {
    return facts().stream().filter(fact -> fact.position().block() == block).toList();
  }

  /** Everything published so far, in that order. */
  List<ChainRecord> records() {
    return follower.records();
  }

  /** The guard ranges of the published blocks. */
  List<GuardRange> guard() {
    return follower.guard();
  }

  /** Time passes while nothing happens on the chain. */
  void wait(Duration time) {
    follower.clock().pass(time);
    follower.followToHead();
  }

  /** The number of the next block. */
  long next() {
    return follower.next();
  }

  /** The decoder's stored state. */
  Map<String, String> stored() {
    return follower.decoderState();
  }

  @Override
  public void close() {
    follower.close();
  }
}
