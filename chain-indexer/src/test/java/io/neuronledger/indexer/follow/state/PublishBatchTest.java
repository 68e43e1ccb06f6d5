package io.neuronledger.indexer.follow.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Bloom;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.decode.DecodedBlock;
import io.neuronledger.indexer.decode.Reading;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The blocks of a transaction, and where their records end in two partitions: the owner's and the other one. */
class PublishBatchTest {
  private static final WalletAddress OWNER = WalletAddress.parse("0x" + "01".repeat(20));
  private static final int PARTITION = new Partitions(2).of(OWNER);
  private static final Deployment DEPLOYMENT = new Deployment(7, "account-ledger", List.of(OWNER), 1, 1, 2);
  private static final BlockRef BEFORE = block(0, "");

  private final IndexerState state = IndexerState.of(Map.of());

  @Test
  void the_first_record_has_the_deployment_and_each_block_the_ends_of_its_partitions() {
    PublishBatch batch = PublishBatch.following(state, Cursor.start(DEPLOYMENT, BEFORE), -1);
    add(batch, block(1, "a"), 1);
    add(batch, block(2, "a"), 2);
    assertThat(batch.blocks()).isEqualTo(new BlocksRecord(7, 0, 0, Optional.empty(), BEFORE.hash(), -1,
        List.of(of(block(1, "a"), 3, 2), of(block(2, "a"), 6)), Optional.of(DEPLOYMENT)));
  }

  @Test
  void the_next_record_follows_the_newest_block() {
    publish(block(1, "a"), block(2, "a"));
    PublishBatch batch = PublishBatch.following(state, cursor(), 2);
    add(batch, block(3, "a"), 0);
    assertThat(batch.blocks()).isEqualTo(new BlocksRecord(7, 1, 0, Optional.empty(), block(2, "a").hash(), 2,
        List.of(of(block(3, "a"))), Optional.empty()));
    assertThat(batch.records()).isEmpty();
  }

  @Test
  void a_retraction_belongs_to_the_first_block_of_its_branch() {
    publish(block(1, "a"), block(2, "a"), block(3, "a"));
    PublishBatch batch = PublishBatch.afterFork(state, cursor(), block(1, "a"), -1);
    add(batch, block(2, "b"), 1);
    add(batch, block(3, "b"), 0);
    assertThat(batch.blocks()).isEqualTo(new BlocksRecord(7, 1, 1, Optional.of(2L), block(1, "a").hash(), -1,
        List.of(of(block(2, "b"), 5, 4), of(block(3, "b"))), Optional.empty()));
  }

  @Test
  void every_record_moves_the_cursor_by_one() {
    publish(block(1, "a"));
    publish(block(2, "a"), block(3, "a"));
    assertThat(cursor().nextBlocksSeq()).isEqualTo(2);
    assertThat(cursor().withNextSeq(List.of(9L, 9L)).nextBlocksSeq()).isEqualTo(3);
  }

  @Test
  void a_seal_ends_the_records_of_each_partition_since_the_one_before() {
    PartitionWriter partitions = new PartitionWriter(DEPLOYMENT, 0, List.of(4L, 4L));
    BlockRef block = block(1, "a");
    partitions.write(deposit(block, 0), block);
    assertThat(partitions.seal(block, ChainPosition.endOf(1, 0), -1)).isEqualTo(of(block, 6));
    partitions.broadcast(new ChainEvent.ReconciliationEnded("1-0-1", 0, Neuron.ZERO, Neuron.ZERO),
        ChainPosition.endOf(1, 1), block, Optional.empty());
    assertThat(partitions.seal(block, ChainPosition.endOf(1, 2), -1)).isEqualTo(of(block, 8, 6));
    assertThat(partitions.seal(block, ChainPosition.endOf(1, 3), -1)).as("nothing since").isEqualTo(of(block));
  }

  private void publish(BlockRef... blocks) {
    PublishBatch batch = PublishBatch.following(state, cursor(), -1);
    for (BlockRef block : blocks) {
      add(batch, block, 0);
    }
    state.apply(batch.state());
  }

  private Cursor cursor() {
    return state.cursor().orElseGet(() -> Cursor.start(DEPLOYMENT, BEFORE));
  }

  private static void add(PublishBatch batch, BlockRef block, int deposits) {
    Header header = new Header(block.number(), block.hash(), batch.last().hash(), block.time(),
        Bloom.ofKeys(List.of()), 1, List.of());
    batch.add(header, DecodedBlock.of(IntStream.range(0, deposits)
        .mapToObj(index -> deposit(block, index)).toList(), BlockGuard.PROVED));
  }

  private static Reading deposit(BlockRef block, int index) {
    return new Reading.Fact(new ChainPosition(block.number(), index, 0), new Evidence.Log(block.hash(), index, OWNER),
        new ChainEvent.Deposit(OWNER, OWNER, new Neuron(BigInteger.ONE)));
  }

  private static BlocksRecord.Block of(BlockRef block) {
    return new BlocksRecord.Block(block.number(), block.hash(), block.time(), Map.of());
  }

  private static BlocksRecord.Block of(BlockRef block, long ownersNext) {
    return new BlocksRecord.Block(block.number(), block.hash(), block.time(), Map.of(PARTITION, ownersNext));
  }

  private static BlocksRecord.Block of(BlockRef block, long ownersNext, long otherNext) {
    return new BlocksRecord.Block(block.number(), block.hash(), block.time(),
        Map.of(PARTITION, ownersNext, 1 - PARTITION, otherNext));
  }

  private static BlockRef block(long number, String branch) {
    return new BlockRef(number, Hash.keccak256(number + branch), Instant.ofEpochSecond(number));
  }
}
