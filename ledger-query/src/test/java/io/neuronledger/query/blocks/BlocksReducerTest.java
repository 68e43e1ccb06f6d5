package io.neuronledger.query.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.RawBytes;
import io.neuronledger.foundation.partitionlog.reader.Delivered;
import io.neuronledger.foundation.partitionlog.reader.PartitionBatch;
import io.neuronledger.query.blocks.BlocksReducer.ReadBound;
import io.neuronledger.query.fixture.Chain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which records the topic of blocks may have after the first one, of the blocks 1 to 3 of two partitions. */
class BlocksReducerTest {
  private static final long CHAIN = 5;
  private static final Deployment DEPLOYMENT = new Deployment(CHAIN, "account-ledger", List.of(), 1, 1, 2);
  private static final BlocksRecord FIRST = record(0, 0, Optional.empty(), Chain.blockHash(0, 0), 1,
      Optional.of(DEPLOYMENT), List.of(block(1, 0, Map.of(0, 2L, 1, 2L)), block(2, 0, Map.of()),
          block(3, 0, Map.of(0, 4L))));

  @Test
  void the_blocks_follow_one_another() {
    BlocksReducer reducer = reduce(FIRST, next(block(4, 0, Map.of(1, 5L)), block(5, 0, Map.of())));
    assertThat(reducer.position()).isEqualTo(new BlocksPosition(2, 2, 0, 1, OptionalLong.of(1),
        Optional.of(new BlocksPosition.StoredBlock(5, Chain.blockHash(5, 0), Chain.blockTime(5))), Optional.empty()));
    assertThat(reducer.blocks().keySet()).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(reducer.bounds()).containsExactlyInAnyOrder(new ReadBound(0, 2, 1), new ReadBound(1, 2, 1),
        new ReadBound(0, 4, 3), new ReadBound(1, 5, 4));
  }

  @Test
  void what_is_added_to_the_newest_block_counts_from_the_next_one_on() {
    BlocksReducer reducer = reduce(FIRST, record(1, 0, Optional.empty(), Chain.blockHash(3, 0), 1, Optional.empty(),
        List.of(block(3, 0, Map.of(0, 6L, 1, 3L)))));
    assertThat(reducer.position().newest()).hasValueSatisfying(newest -> assertThat(newest.number()).isEqualTo(3));
    assertThat(reducer.bounds()).contains(new ReadBound(0, 6, 4), new ReadBound(1, 3, 4));
  }

  @Test
  void a_branch_replaces_the_blocks_from_its_first_one_on() {
    BlocksReducer reducer = reduce(FIRST, fork(2, 1, block(2, 1, Map.of(0, 6L, 1, 5L))));
    assertThat(reducer.retractedFrom()).hasValue(2);
    assertThat(reducer.blocks().keySet()).containsExactly(1L, 2L);
    assertThat(reducer.bounds()).containsExactlyInAnyOrder(new ReadBound(0, 2, 1), new ReadBound(1, 2, 1),
        new ReadBound(0, 6, 2), new ReadBound(1, 5, 2));
    assertThat(reducer.position().branch()).isEqualTo(1);
  }

  @Test
  void a_block_that_does_not_follow_halts() {
    assertHalts("block 5 instead of block 4", next(block(5, 0, Map.of())));
    assertHalts("block 6 instead of block 5", next(block(4, 0, Map.of()), block(6, 0, Map.of())));
    assertHalts("follows block", record(1, 0, Optional.empty(), Chain.blockHash(3, 7), 1, Optional.empty(),
        List.of(block(4, 0, Map.of()))));
    assertHalts("repeats block 3", record(1, 0, Optional.empty(), Chain.blockHash(3, 0), 1, Optional.empty(),
        List.of(block(3, 0, Map.of()), block(4, 0, Map.of()))));
  }

  @Test
  void a_branch_that_does_not_follow_halts() {
    BlocksRecord.Block all = block(2, 1, Map.of(0, 6L, 1, 5L));
    assertHalts("is of branch 1", record(1, 1, Optional.empty(), Chain.blockHash(3, 0), 1, Optional.empty(),
        List.of(block(4, 1, Map.of()))));
    assertHalts("is of branch 2", fork(2, 2, all));
    assertHalts("final up to block 1", fork(1, 1, block(1, 1, Map.of(0, 6L, 1, 5L))));
    assertHalts("blocks 1 to 3", fork(4, 1, block(4, 1, Map.of(0, 6L, 1, 5L))));
    assertHalts("block 3 instead of block 2", fork(2, 1, block(3, 1, Map.of(0, 6L, 1, 5L))));
    assertHalts("does not name every partition", fork(2, 1, block(2, 1, Map.of(0, 6L))));
  }

  @Test
  void an_end_that_does_not_rise_halts() {
    assertHalts("ends partition 0 at seq 4", next(block(4, 0, Map.of(0, 4L))));
    assertHalts("ends partition 2", next(block(4, 0, Map.of(2, 9L))));
  }

  @Test
  void another_deployment_halts() {
    assertHalts("declares a deployment again", record(1, 0, Optional.empty(), Chain.blockHash(3, 0), 1,
        Optional.of(DEPLOYMENT), List.of(block(4, 0, Map.of()))));
    Deployment other = new Deployment(CHAIN, "account-ledger", List.of(), 1, 2, 2);
    assertThat(reduce(Optional.of(other), FIRST).position().stopped()).hasValueSatisfying(reason ->
        assertThat(reason).startsWith("ledger.blocks.v1, partition 0, offset 0: another deployment is declared"));
    BlocksRecord undeclared = record(0, 0, Optional.empty(), Chain.blockHash(0, 0), 1, Optional.empty(),
        List.of(block(1, 0, Map.of(0, 2L, 1, 2L))));
    assertThat(reduce(undeclared).position().stopped()).hasValueSatisfying(reason ->
        assertThat(reason).contains("does not declare a deployment"));
    BlocksRecord elsewhere = new BlocksRecord(CHAIN + 1, 1, 0, Optional.empty(), Chain.blockHash(3, 0), 1,
        List.of(block(4, 0, Map.of())), Optional.empty());
    assertHalts("is of chain 6", elsewhere);
  }

  private static void assertHalts(String reason, BlocksRecord next) {
    BlocksReducer reducer = reduce(FIRST, next);
    assertThat(reducer.position().stopped()).hasValueSatisfying(halted -> assertThat(halted)
        .startsWith("ledger.blocks.v1, partition 0, offset 1: ").contains(reason));
    assertThat(reducer.position().nextSeq()).isEqualTo(1);
  }

  private static BlocksReducer reduce(BlocksRecord... records) {
    return reduce(Optional.empty(), records);
  }

  private static BlocksReducer reduce(Optional<Deployment> deployment, BlocksRecord... records) {
    List<Delivered<BlocksRecord>> delivered = IntStream.range(0, records.length)
        .mapToObj(i -> new Delivered<>(records[i].seq(), i, Optional.empty(), new RawBytes(new byte[0]),
            (ParsedRecord<BlocksRecord>) new ParsedRecord.Valid<>(records[i]))).toList();
    return new BlocksReducer(BlocksPosition.UNTOUCHED, deployment, 2, _ -> Optional.empty(), Map.of())
        .processAll(new PartitionBatch<>(0, 0, delivered, Optional.empty()));
  }

  private static BlocksRecord next(BlocksRecord.Block... blocks) {
    return record(1, 0, Optional.empty(), Chain.blockHash(3, 0), 1, Optional.empty(), List.of(blocks));
  }

  private static BlocksRecord fork(long from, int branch, BlocksRecord.Block first) {
    return record(1, branch, Optional.of(from), Chain.blockHash(from - 1, 0), 1, Optional.empty(), List.of(first));
  }

  private static BlocksRecord record(long seq, int branch, Optional<Long> from, Hash after, long finalized,
      Optional<Deployment> deployment, List<BlocksRecord.Block> blocks) {
    return new BlocksRecord(CHAIN, seq, branch, from, after, finalized, blocks, deployment);
  }

  private static BlocksRecord.Block block(long number, int branch, Map<Integer, Long> next) {
    return new BlocksRecord.Block(number, Chain.blockHash(number, branch), Chain.blockTime(number), next);
  }
}
