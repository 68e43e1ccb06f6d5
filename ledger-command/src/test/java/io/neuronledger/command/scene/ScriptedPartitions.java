package io.neuronledger.command.scene;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.ChainRecord;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what an indexer would say of a chain that the test makes up: records in partitions, with seq, branch and positions. */
public final class ScriptedPartitions {
  public static final long CHAIN_ID = 31337;
  public static final WalletAddress CONTRACT = Wallets.wallet(999_999);
  /** The time of block 0; a block comes every 10 seconds unless the script says otherwise. */
  public static final Instant GENESIS = Instant.parse("2026-01-01T00:00:00Z");

  private static final int BLOCK_SECONDS = 10;

  private final Partitions partitions;
  private final WalletAddress contract;
  private final long[] nextSeq;
  private final List<Said> pending = new ArrayList<>();
  private int branch;
  private long block = 1;
  private Instant blockTime = GENESIS.plusSeconds(BLOCK_SECONDS);
  private int transaction;
  private long finalized = -1;

  /** A record, and under which key it goes out. */
  public record Said(Optional<WalletAddress> key, ChainRecord chainRecord) {}

  public ScriptedPartitions(Partitions partitions) {
    this(partitions, CONTRACT);
  }

  /** @param contract which one is followed */
  public ScriptedPartitions(Partitions partitions, WalletAddress contract) {
    this.partitions = partitions;
    this.contract = contract;
    this.nextSeq = new long[partitions.count()];
    broadcastAt(ChainPosition.endOf(0, 0), new ChainEvent.DeploymentDeclared(deployment()), Optional.empty());
  }

  public Deployment deployment() {
    return new Deployment(CHAIN_ID, "account-ledger", List.of(contract), 1, 1, partitions.count());
  }

  /** Each fact is a transaction of its own. */
  public ScriptedPartitions fact(ChainEvent.OwnerFact fact) {
    ChainPosition position = new ChainPosition(block, transaction++, 0);
    say(partitions.of(fact.owner()), Optional.of(fact.owner()), position, fact, Optional.of(log(position)));
    return this;
  }

  public ScriptedPartitions broadcast(ChainEvent.Broadcast broadcast) {
    ChainPosition position = new ChainPosition(block, transaction++, 0);
    broadcastAt(position, broadcast, Optional.of(log(position)));
    return this;
  }

  /** Read right behind the seal of the last sealed block. */
  public ScriptedPartitions observed(ChainEvent.StateObserved observed, int step) {
    ChainPosition position = ChainPosition.endOf(block - 1, step);
    Instant now = blockTime;
    blockTime = now.minusSeconds(BLOCK_SECONDS);
    block--;
    say(partitions.of(observed.owner()), Optional.of(observed.owner()), position, observed,
        Optional.of(new Evidence.Snapshot(position.block(), position.block())));
    block++;
    blockTime = now;
    return this;
  }

  /** The last fact happened, and nobody hears of it: as if its log had been lost. */
  public ScriptedPartitions lost() {
    Said lost = pending.removeLast();
    nextSeq[lost.chainRecord().partition()]--;
    return this;
  }

  /** Seals the block in every partition; the next one begins. */
  public ScriptedPartitions seal() {
    broadcastAt(ChainPosition.endOf(block, 0), new ChainEvent.BlockSealed(finalized), Optional.empty());
    block++;
    transaction = 0;
    blockTime = blockTime.plusSeconds(BLOCK_SECONDS);
    return this;
  }

  /** The block in hand gets this time. */
  public ScriptedPartitions at(Instant time) {
    blockTime = time;
    return this;
  }

  public ScriptedPartitions finalized(long finalizedBlock) {
    finalized = finalizedBlock;
    return this;
  }

  /** The blocks from there on are gone; the next block said is that one. */
  public ScriptedPartitions retract(long fromBlock, Instant nextBlockTime) {
    branch++;
    block = fromBlock;
    transaction = 0;
    blockTime = nextBlockTime;
    broadcastAt(ChainPosition.endOf(fromBlock - 1, 0), new ChainEvent.BranchRetracted(fromBlock, branch),
        Optional.empty());
    return this;
  }

  /** A number that was used for nothing: what a broken indexer would leave. */
  public ScriptedPartitions skipSeq(int partition) {
    nextSeq[partition]++;
    return this;
  }

  /** The seq that something else, said without this script, takes. */
  public long takeSeq(int partition) {
    return nextSeq[partition]++;
  }

  public long nextSeq(int partition) {
    return nextSeq[partition];
  }

  public long block() {
    return block;
  }

  public Instant blockTime() {
    return blockTime;
  }

  public int branch() {
    return branch;
  }

  /** What was said since the last call. */
  public List<Said> drain() {
    List<Said> said = List.copyOf(pending);
    pending.clear();
    return said;
  }

  private void broadcastAt(ChainPosition position, ChainEvent.Broadcast broadcast, Optional<Evidence> evidence) {
    for (int partition = 0; partition < partitions.count(); partition++) {
      say(partition, Optional.empty(), position, broadcast, evidence);
    }
  }

  private void say(int partition, Optional<WalletAddress> key, ChainPosition position, ChainEvent event,
      Optional<Evidence> evidence) {
    pending.add(new Said(key, new ChainRecord(CHAIN_ID, partition, nextSeq[partition]++, branch, position,
        hash(position.block(), branch), blockTime, event, evidence)));
  }

  private static Evidence log(ChainPosition position) {
    return new Evidence.Log(hash(position.block() * 1_000 + position.transaction(), 77), position.transaction(),
        CONTRACT);
  }

  public static Hash hash(long number, int branch) {
    return Hash.parse("0x%032x%032x".formatted(number, branch));
  }
}
