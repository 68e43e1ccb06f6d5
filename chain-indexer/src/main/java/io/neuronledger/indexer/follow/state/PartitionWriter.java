package io.neuronledger.indexer.follow.state;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.publish.form.PartitionRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Assigns records to one partition or to all, each with that partition's next {@code seq}. */
public final class PartitionWriter {
  private final long chainId;
  private final Partitions partitions;
  private final int branch;
  private final long[] nextSeq;
  private final List<PartitionRecord> records = new ArrayList<>();
  private final BitSet unsealed = new BitSet();

  public PartitionWriter(Deployment deployment, int branch, List<Long> nextSeq) {
    this.chainId = deployment.chainId();
    this.partitions = new Partitions(deployment.partitions());
    this.branch = branch;
    this.nextSeq = nextSeq.stream().mapToLong(Long::longValue).toArray();
  }

  /** @param block the block of the reading */
  public void write(Reading reading, BlockRef block) {
    switch (reading) {
      case Reading.Fact fact -> {
        switch (fact.event()) {
          case ChainEvent.OwnerFact event -> write(partitions.of(event.owner()), event, fact.position(), block,
              Optional.of(fact.evidence()));
          case ChainEvent.Broadcast event -> broadcast(event, fact.position(), block, Optional.of(fact.evidence()));
        }
      }
      case Reading.Undecodable log -> {
        int partition = partitions.of(log.owner());
        records.add(new PartitionRecord.Undecodable(new PartitionRecord.Envelope(chainId, partition,
            takeSeq(partition), branch, log.position(), block.hash(), block.time(),
            new PartitionRecord.Raw(PartitionRecord.Raw.TYPE, log.owner(), log.reason(), log.topics(), log.data()),
            Optional.of(log.evidence()))));
      }
    }
  }

  /** Writes one copy to every partition. */
  public void broadcast(ChainEvent.Broadcast event, ChainPosition position, BlockRef block,
      Optional<Evidence> evidence) {
    for (int partition = 0; partition < partitions.count(); partition++) {
      write(partition, event, position, block, evidence);
    }
  }

  /** The next seal includes these partitions, also without records. */
  public void demandSeal(BitSet due) {
    unsealed.or(due);
  }

  /** Seals the block where it is due: in partitions with records since their last seal. Returns it with their ends. */
  public BlocksRecord.Block seal(BlockRef block, ChainPosition position, long finalizedBlock) {
    Map<Integer, Long> next = new HashMap<>();
    for (int partition : unsealed.stream().toArray()) {
      write(partition, new ChainEvent.BlockSealed(finalizedBlock), position, block, Optional.empty());
      next.put(partition, nextSeq[partition]);
    }
    unsealed.clear();
    return new BlocksRecord.Block(block.number(), block.hash(), block.time(), next);
  }

  public List<PartitionRecord> records() {
    return records;
  }

  public List<Long> nextSeq() {
    List<Long> copy = new ArrayList<>(nextSeq.length);
    for (long seq : nextSeq) {
      copy.add(seq);
    }
    return copy;
  }

  private void write(int partition, ChainEvent event, ChainPosition position, BlockRef block,
      Optional<Evidence> evidence) {
    records.add(new PartitionRecord.Decoded(new ChainRecord(chainId, partition, takeSeq(partition), branch, position,
        block.hash(), block.time(), event, evidence)));
  }

  private long takeSeq(int partition) {
    unsealed.set(partition);
    return nextSeq[partition]++;
  }
}
