package io.neuronledger.indexer.follow;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.ChainRecord;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.Lanes;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.publish.LaneRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Numbers records: each into its lane, or into all of them, with that lane's next {@code seq}. */
final class LaneWriter {
  private final long chainId;
  private final Lanes lanes;
  private final int branch;
  private final long[] nextSeq;
  private final List<LaneRecord> records = new ArrayList<>();

  LaneWriter(Deployment deployment, int branch, List<Long> nextSeq) {
    this.chainId = deployment.chainId();
    this.lanes = new Lanes(deployment.lanes());
    this.branch = branch;
    this.nextSeq = nextSeq.stream().mapToLong(Long::longValue).toArray();
  }

  /** @param block the one it stands in */
  void write(Reading reading, BlockRef block) {
    switch (reading) {
      case Reading.Fact fact -> {
        switch (fact.event()) {
          case ChainEvent.OwnerFact event -> write(lanes.of(event.owner()), event, fact.position(), block,
              Optional.of(fact.evidence()));
          case ChainEvent.Broadcast event -> broadcast(event, fact.position(), block, Optional.of(fact.evidence()));
        }
      }
      case Reading.Undecodable log -> {
        int lane = lanes.of(log.owner());
        records.add(new LaneRecord.Poisonous(new LaneRecord.Envelope(chainId, lane, nextSeq[lane]++, branch,
            log.position(), block.hash(), block.time(),
            new LaneRecord.Raw(LaneRecord.Raw.TYPE, log.owner(), log.reason(), log.topics(), log.data()),
            Optional.of(log.evidence()))));
      }
    }
  }

  /** One copy in every lane. */
  void broadcast(ChainEvent.Broadcast event, ChainPosition position, BlockRef block, Optional<Evidence> evidence) {
    for (int lane = 0; lane < lanes.count(); lane++) {
      write(lane, event, position, block, evidence);
    }
  }

  List<LaneRecord> records() {
    return records;
  }

  List<Long> nextSeq() {
    List<Long> copy = new ArrayList<>(nextSeq.length);
    for (long seq : nextSeq) {
      copy.add(seq);
    }
    return copy;
  }

  private void write(int lane, ChainEvent event, ChainPosition position, BlockRef block, Optional<Evidence> evidence) {
    records.add(new LaneRecord.Understood(new ChainRecord(chainId, lane, nextSeq[lane]++, branch, position,
        block.hash(), block.time(), event, evidence)));
  }
}
