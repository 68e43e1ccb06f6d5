package io.neuronledger.indexer.follow.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Bloom;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.decode.DecodedBlock;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.fixture.PublishedBlocks;
import io.neuronledger.indexer.publish.form.PartitionRecord;
import io.neuronledger.indexer.publish.form.StateRecord;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Steps over random chains with random forks, without a node or a broker. */
class IndexerStateProperties {
  private static final WalletAddress OWNER = WalletAddress.parse("0x" + "01".repeat(20));
  private static final Deployment DEPLOYMENT = new Deployment(1, "account-ledger", List.of(OWNER), 1, 1, 3);
  private static final BlockRef BEFORE = new BlockRef(0, hash("0"), Instant.EPOCH);

  /**
   * The state equals a reader's view of the compacted topic; the decoder's state, which here counts every decoded
   * block, is as if only the current branch had ever existed; every partition's seq has no gap; the blocks agree with
   * the partitions.
   */
  @Property
  void state_and_partitions_are_those_of_the_current_branch(
      @ForAll @Size(max = 30) List<@IntRange(max = 999) Integer> seeds) {
    Map<String, String> topic = new HashMap<>();
    IndexerState indexerState = IndexerState.of(topic);
    List<BlockRef> living = new ArrayList<>(List.of(BEFORE));
    List<List<ChainRecord>> partitions = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    PublishedBlocks blocks = new PublishedBlocks();
    long finalized = -1;
    int salt = 0;
    BlockGuard[] guards = {BlockGuard.PROVED, BlockGuard.NONE};
    for (int seed : seeds) {
      Cursor cursor = indexerState.cursor().orElseGet(() -> Cursor.start(DEPLOYMENT, BEFORE));
      long lowest = Math.max(finalized, 0);
      int gone = (int) Math.min(seed % 7, living.getLast().number() - lowest);
      for (int i = 0; i < gone; i++) {
        living.removeLast();
      }
      int mined = gone + 1 + seed % 5;
      finalized = Math.max(finalized, living.getLast().number() + mined - 8);
      PublishBatch step = gone == 0 ? PublishBatch.following(indexerState, cursor, finalized)
          : PublishBatch.afterFork(indexerState, cursor, living.getLast(), finalized);
      for (int i = 0; i < mined; i++) {
        salt++;
        BlockRef block = new BlockRef(living.getLast().number() + 1, hash("b" + salt), Instant.ofEpochSecond(salt));
        step.decoder().put("seen/" + block.hash(), "1");
        step.decoder().put("last", block.hash().value());
        step.add(header(block, living.getLast()),
            salt % 7 == 0 ? DecodedBlock.compared(List.of(deposit(block.number(), salt)))
                : DecodedBlock.of(List.of(deposit(block.number(), salt)), guards[salt % 2]));
        living.add(block);
      }
      List<StateRecord> entries = step.state();
      entries.forEach(entry -> entry.value().ifPresentOrElse(value -> topic.put(entry.key(), value),
          () -> topic.remove(entry.key())));
      indexerState.apply(entries);
      step.records().forEach(record -> partitions.get(record.partition()).add(value(record)));
      blocks.add(step.blocks());
      assertSame(indexerState, IndexerState.of(topic));
      assertStored(indexerState, living, finalized);
    }
    blocks.assertWellFormed(1, partitions);
    partitions.forEach(partition -> {
      for (int i = 0; i < partition.size(); i++) {
        assertThat(partition.get(i).seq()).isEqualTo(i);
      }
    });
  }

  @Example
  void an_entry_of_another_version_is_refused() {
    assertThatThrownBy(() -> IndexerState.of(Map.of("something", "{}"))).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("something");
  }

  private static void assertStored(IndexerState indexerState, List<BlockRef> living, long finalized) {
    Cursor cursor = indexerState.cursor().orElseThrow();
    assertThat(cursor.block()).isEqualTo(living.getLast());
    assertThat(cursor.finalizedBlock()).isEqualTo(finalized);
    long anchor = Math.clamp(finalized, 0, living.getLast().number());
    assertThat(cursor.anchor()).isEqualTo(living.get((int) anchor));
    assertThat(indexerState.recent().values()).extracting(RecentBlock::block)
        .containsExactlyElementsOf(living.subList((int) anchor + 1, living.size()));
    Map<String, String> expected = new HashMap<>();
    living.stream().skip(1).forEach(block -> expected.put("seen/" + block.hash(), "1"));
    expected.put("last", living.getLast().hash().value());
    assertThat(indexerState.decoder()).isEqualTo(expected);
  }

  private static void assertSame(IndexerState one, IndexerState other) {
    assertThat(one.cursor()).isEqualTo(other.cursor());
    assertThat(one.recent()).isEqualTo(other.recent());
    assertThat(one.decoder()).isEqualTo(other.decoder());
  }

  private static ChainRecord value(PartitionRecord record) {
    return ((PartitionRecord.Decoded) record).value();
  }

  private static Header header(BlockRef block, BlockRef parent) {
    return new Header(block.number(), block.hash(), parent.hash(), block.time(), Bloom.ofKeys(List.of()), 1, List.of());
  }

  private static Reading deposit(long block, int amount) {
    return new Reading.Fact(new ChainPosition(block, 0, 0), new Evidence.Log(hash("t" + amount), 0, OWNER),
        new ChainEvent.Deposit(OWNER, OWNER, new Neuron(BigInteger.valueOf(amount))));
  }

  private static Hash hash(String text) {
    return Hash.keccak256(text);
  }
}
