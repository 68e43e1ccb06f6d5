package io.neuronledger.query.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.PointInTime;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One partition with a seal in few blocks only, and the blocks of the chain. */
class SealedBlocksIT {
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final WalletAddress OTHER = Wallets.wallet(2);

  private final QueryFixture fixture = new QueryFixture(1);
  private final AccountEventScript script = AccountEventScript.started(0, 1);
  private final Deployment deployment = new Deployment(PartitionStream.CHAIN_ID, "account-ledger",
      List.of(Wallets.wallet(0)), 1, 1, 1);
  private final List<BlocksRecord> blocks = new ArrayList<>();
  private int processed;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void an_idle_partition_moves_with_empty_blocks() {
    deposit(OWNER).seal();
    events();
    assertThat(fixture.visible()).isEqualTo(-1);
    blocks(0, 1, 4, Map.of(1L, 1L));
    assertThat(fixture.visible()).isEqualTo(4);
    blocks(0, 5, 7, Map.of(6L, 2L));
    assertThat(fixture.visible()).as("before the block with records that it has not read").isEqualTo(5);
    skip(4);
    deposit(OWNER).seal();
    events();
    assertThat(fixture.visible()).isEqualTo(7);
  }

  @Test
  void a_comparison_of_the_newest_block_moves_no_answer_back() {
    deposit(OWNER).seal();
    events();
    blocks(0, 1, 3, Map.of(1L, 1L));
    repeat(3, 2);
    assertThat(fixture.visible()).isEqualTo(3);
    blocks(0, 4, 5, Map.of());
    assertThat(fixture.visible()).as("a later answer needs what the comparison has added").isEqualTo(3);
    script.add(sealed(3, 0, 2));
    events();
    assertThat(fixture.visible()).isEqualTo(5);
  }

  @Test
  void a_fork_that_one_topic_shows_first_ends_the_answers_before_it() {
    deposit(OWNER).seal();
    events();
    blocks(0, 1, 6, Map.of(1L, 1L));
    skip(5);
    script.retract(4);
    events();
    assertThat(fixture.visible()).as("the partition is ahead").isEqualTo(3);
    deposit(OWNER).seal();
    events();
    assertThat(fixture.visible()).isEqualTo(3);
    fork(4, 1, 3);
    assertThat(fixture.visible()).isEqualTo(4);
    fork(3, 2, 5);
    assertThat(fixture.visible()).as("the blocks are ahead").isEqualTo(2);
  }

  @Test
  void a_quarantined_owner_stays_at_the_block_before_its_record_and_a_repeated_seal_releases_it() {
    deposit(OWNER).seal();
    events();
    blocks(0, 1, 4, Map.of(1L, 1L));
    skip(3);
    script.add(new PartitionEvent.OwnerQuarantined(OWNER, new ChainPosition(5, 0, 0), "odd"));
    deposit(OTHER).seal();
    events();
    assertFrozen(4);
    assertRefused(ProblemCode.BLOCK_NOT_REACHED, 5);
    blocks(0, 5, 6, Map.of(5L, 2L));
    assertFrozen(4);
    assertRefused(ProblemCode.OWNER_QUARANTINED, 5);
    assertRefused(ProblemCode.OWNER_QUARANTINED, new BlockSelector(OptionalLong.empty(),
        Optional.of(new PointInTime(Chain.blockTime(4))), OptionalLong.empty(), false, Duration.ZERO));
    // The block at which it is frozen can still become final.
    assertRefused(ProblemCode.BLOCK_NOT_REACHED, new BlockSelector(OptionalLong.empty(), Optional.empty(),
        OptionalLong.of(4), true, Duration.ZERO));
    assertRefused(ProblemCode.BLOCK_NOT_REACHED, new BlockSelector(OptionalLong.empty(),
        Optional.of(new PointInTime(Chain.blockTime(3))), OptionalLong.empty(), true, Duration.ZERO));
    assertThat(now(OTHER).block()).isEqualTo(6);
    assertRebuilt();

    script.add(new PartitionEvent.OwnerReleased(OWNER));
    events();
    assertFrozen(4);
    script.add(sealed(5, 0, 2));
    events();
    assertThat(now(OWNER)).satisfies(at -> {
      assertThat(at.block()).isEqualTo(6);
      assertThat(at.quarantined()).isFalse();
    });
    assertRebuilt();
  }

  @Test
  void a_record_of_a_released_owner_that_cannot_be_read_leaves_the_owner_at_the_block_before_the_quarantine() {
    deposit(OWNER).seal();
    events();
    blocks(0, 1, 4, Map.of(1L, 1L));
    skip(3);
    script.add(new PartitionEvent.OwnerQuarantined(OWNER, new ChainPosition(5, 0, 0), "odd"));
    deposit(OTHER).seal();
    events();
    blocks(0, 5, 6, Map.of(5L, 2L));
    script.add(new PartitionEvent.OwnerReleased(OWNER));
    deposit(OWNER);
    script.add(sealed(5, 0, 2));
    eventsWithUnreadable(script.records().size() - 2);
    assertFrozen(4);
    assertThat(now(OTHER).block()).isEqualTo(6);
  }

  @Test
  void a_fork_moves_a_quarantined_owner_back_to_before_it() {
    deposit(OWNER).seal();
    skip(2);
    deposit(OTHER).seal();
    script.add(new PartitionEvent.OwnerQuarantined(OWNER, new ChainPosition(5, 0, 0), "odd"));
    deposit(OTHER).seal();
    events();
    blocks(0, 1, 5, Map.of(1L, 1L, 4L, 2L, 5L, 3L));
    assertFrozen(4);
    script.retract(3);
    events();
    assertFrozen(2);
    deposit(OTHER).seal();
    events();
    fork(3, 1, 5);
    assertFrozen(2);
    assertThat(now(OTHER).block()).isEqualTo(3);
    assertRebuilt();
  }

  @Test
  void two_retractions_of_one_batch_go_back_to_a_seal_that_both_leave() {
    deposit(OWNER).seal();
    skip(3);
    deposit(OWNER).seal();
    events();
    blocks(0, 1, 5, Map.of(1L, 1L, 5L, 2L));
    script.retract(3);
    deposit(OWNER).seal();
    skip(2);
    deposit(OWNER).seal();
    script.retract(6);
    events();
    fork(3, 1, 4);
    assertThat(fixture.visible()).isEqualTo(3);
    blocks(1, 4, 6, Map.of(6L, 5L));
    assertThat(fixture.visible()).isEqualTo(5);
  }

  @Test
  void final_seals_are_forgotten_but_for_the_last_one() {
    for (int block = 1; block <= 9; block++) {
      if (block % 3 == 1) {
        deposit(OWNER).finality(block - 1).seal();
        events();
      } else {
        skip(1);
      }
    }
    assertThat(fixture.tables().get("partition_seal")).hasSize(2);
    blocks(0, 1, 9, Map.of(1L, 1L, 4L, 2L, 7L, 3L));
    script.retract(7);
    events();
    assertThat(fixture.visible()).isEqualTo(6);
  }

  @Test
  void blocks_of_another_deployment_are_refused_and_those_of_this_one_refuse_another_partition() {
    deposit(OWNER).seal();
    events();
    BlocksRecord other = new BlocksRecord(PartitionStream.CHAIN_ID, 0, 0, Optional.empty(), Chain.blockHash(0, 0), -1,
        List.of(block(1, 0, Map.of(1L, 1L))),
        Optional.of(new Deployment(PartitionStream.CHAIN_ID, "account-ledger", List.of(Wallets.wallet(9)), 1, 1, 1)));
    assertThat(fixture.processBlocks(List.of(other)).halted()).hasValueSatisfying(reason ->
        assertThat(reason).contains("another deployment is declared"));
    assertThat(fixture.visible()).isEqualTo(-1);
    try (QueryFixture fresh = new QueryFixture(1)) {
      assertThat(fresh.processBlocks(List.of(other)).halted()).isEmpty();
      assertThat(fresh.processEvents(script.records()).partitions().getFirst().stopped()).hasValueSatisfying(reason ->
          assertThat(reason).contains("another deployment is declared"));
    }
  }

  private AccountEventScript deposit(WalletAddress owner) {
    return script.deposit(owner, Neuron.parse("1"));
  }

  private void skip(int blocks) {
    for (int i = 0; i < blocks; i++) {
      script.skip();
    }
  }

  /** Processes the new account events in one batch. */
  private void events() {
    List<AccountRecord> all = script.records();
    assertThat(fixture.processEvents(all.subList(processed, all.size())).partitions())
        .allMatch(partition -> partition.stopped().isEmpty());
    processed = all.size();
  }

  /** As {@link #events}, with a record of {@link #OWNER} in a form of another version. */
  private void eventsWithUnreadable(int seq) {
    List<ConsumerRecord<byte[], byte[]>> delivered = script.records().stream().skip(processed).map(record -> {
      WalletAddress key = PartitionStream.keyOf(record).orElse(null);
      return record.seq() == seq
          ? QueryFixture.delivered(0, 2 * record.seq(), key,
              ("{\"seq\":" + seq + ",\"odd\":true}").getBytes(StandardCharsets.UTF_8))
          : QueryFixture.delivered(2 * record.seq(), key, record);
    }).toList();
    assertThat(fixture.writer().write(List.of(fixture.received(0, processed, delivered))).partitions())
        .allMatch(partition -> partition.stopped().isEmpty());
    assertThat(fixture.deadLetters()).hasSize(1);
    processed = script.records().size();
  }

  /** @param ends the next chain seq after those blocks that have records */
  private void blocks(int branch, long from, long to, Map<Long, Long> ends) {
    add(branch, Optional.empty(), Chain.blockHash(from - 1, branch),
        LongStream.rangeClosed(from, to).mapToObj(number -> block(number, branch, ends)).toList());
  }

  private void fork(long from, int branch, long end) {
    Hash after = blocks.stream().flatMap(record -> record.blocks().stream())
        .filter(block -> block.number() == from - 1).reduce((_, last) -> last).orElseThrow().hash();
    add(branch, Optional.of(from), after, List.of(block(from, branch, Map.of(from, end))));
  }

  private void repeat(long newest, long end) {
    add(0, Optional.empty(), Chain.blockHash(newest, 0), List.of(block(newest, 0, Map.of(newest, end))));
  }

  private void add(int branch, Optional<Long> from, Hash after, List<BlocksRecord.Block> added) {
    BlocksRecord record = new BlocksRecord(PartitionStream.CHAIN_ID, blocks.size(), branch, from, after, -1, added,
        blocks.isEmpty() ? Optional.of(deployment) : Optional.empty());
    blocks.add(record);
    assertThat(fixture.processBlocks(List.of(record)).halted()).isEmpty();
  }

  private static BlocksRecord.Block block(long number, int branch, Map<Long, Long> ends) {
    return new BlocksRecord.Block(number, Chain.blockHash(number, branch), Chain.blockTime(number),
        Optional.ofNullable(ends.get(number)).map(end -> Map.of(0, end)).orElse(Map.of()));
  }

  private static PartitionEvent.BlockSealed sealed(long block, int branch, long chainNext) {
    return new PartitionEvent.BlockSealed(block, Chain.blockHash(block, branch), Chain.blockTime(block), branch, -1,
        chainNext);
  }

  private ReadPoint now(WalletAddress owner) {
    return fixture.ownerReads().answer(owner, QueryFixture.NOW, (at, _) -> at);
  }

  private void assertFrozen(long block) {
    assertThat(now(OWNER)).satisfies(at -> {
      assertThat(at.block()).isEqualTo(block);
      assertThat(at.quarantined()).isTrue();
    });
  }

  private void assertRefused(ProblemCode code, long minBlock) {
    assertRefused(code, new BlockSelector(OptionalLong.empty(), Optional.empty(), OptionalLong.of(minBlock), false,
        Duration.ZERO));
  }

  private void assertRefused(ProblemCode code, BlockSelector selector) {
    assertThatThrownBy(() -> fixture.ownerReads().answer(OWNER, selector, (at, _) -> at))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  /** A read model that reads everything at once has the same rows. */
  private void assertRebuilt() {
    try (QueryFixture rebuilt = new QueryFixture(1)) {
      rebuilt.processEvents(script.records());
      rebuilt.processBlocks(blocks);
      assertThat(rebuilt.tables()).isEqualTo(fixture.tables());
    }
  }
}
