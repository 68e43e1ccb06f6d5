package io.neuronledger.indexer.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.FakeNode.Call;
import io.neuronledger.indexer.fixture.FakeNode.Misbehaviour;
import io.neuronledger.indexer.fixture.LedgerLogs.Draft;
import io.neuronledger.indexer.fixture.NodeClient;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import io.neuronledger.testkit.servers.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** The blocks that changed a contract, by its storage root, and the number of requests for it. */
class StorageGuardIT {
  private static final WalletAddress CONTRACT = ScriptedScene.CONTRACT;
  private static final WalletAddress OTHER = WalletAddress.parse("0x" + "0e".repeat(20));
  private static final Draft DEPOSIT = ScriptedScene.deposit(1);
  private static final LogFilter FILTER = new LogFilter(Set.of(CONTRACT), Set.of(DEPOSIT.topics().getFirst()));
  private static final int FAR = 200;

  private final ScriptedChain chain = new ScriptedChain(CONTRACT);
  private final FakeNode fake = new FakeNode(chain);
  private final ManualClock clock = new ManualClock();
  private final NodeClient client = new NodeClient(fake, new SimpleMeterRegistry(), Duration.ZERO, clock);
  private final ChainNode node = client.node;
  private final StorageGuard guard = new StorageGuard(clock);
  /** The blocks that change the contract's storage without a log of it. */
  private final TreeSet<Long> silent = new TreeSet<>();
  private long provedFrom;
  private Optional<Misbehaviour> refusal = Optional.empty();

  @AfterEach
  void close() {
    client.close();
  }

  private StorageGuardIT mine(int blocks) {
    for (int i = 0; i < blocks; i++) {
      chain.mineFrom(OTHER, DEPOSIT);
    }
    fake.misbehave(call -> call.method().equals("eth_getProof") ? Optional.of(prove(call)) : Optional.empty());
    return this;
  }

  private Misbehaviour prove(Call call) {
    long block = Quantity.toLong(call.params().path(2).asString());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (block < provedFrom) {
      return new Misbehaviour.Refuses(-32000, "distance to target block exceeds maximum proof window");
    }
    long changes = silent.headSet(block, true).size();
    long logged = chain.blocks().stream().filter(each -> each.number() <= block)
        .filter(each -> each.logs().stream().anyMatch(log -> log.emitter().equals(CONTRACT))).count();
    return new Misbehaviour.Result(JsonNodeFactory.instance.objectNode().put("storageHash",
        "0x%064x".formatted(1 + changes + 1_000_000 * logged)));
  }

  private StorageChanges changes(long from, long to) {
    List<BlockData> blocks = node.blockData(node.headers(from, to, false), FILTER);
    return guard.of(blocks, Set.of(CONTRACT), block -> !block.logs().isEmpty(), node);
  }

  private static StorageChanges changed(Long... blocks) {
    return new StorageChanges(Set.of(blocks), true);
  }

  @Test
  void near_the_head_each_block_is_asked() {
    silent.addAll(Set.of(5L, 6L));
    mine(10);
    assertThat(changes(1, 10)).isEqualTo(changed(5L, 6L));
    assertThat(fake.calls("eth_getProof")).isEqualTo(11);
  }

  @Test
  void a_step_begins_where_the_last_one_ended() {
    silent.add(4L);
    mine(4);
    assertThat(changes(1, 3)).isEqualTo(changed());
    assertThat(changes(4, 4)).isEqualTo(changed(4L));
    assertThat(fake.calls("eth_getProof")).isEqualTo(5);
  }

  @Test
  void in_back_fill_only_the_ends_are_asked() {
    mine(FAR);
    assertThat(changes(1, FAR)).isEqualTo(changed());
    assertThat(fake.calls("eth_getProof")).isEqualTo(2);
  }

  @Test
  void ends_that_differ_are_bisected() {
    silent.addAll(Set.of(3L, 77L, 78L, 200L));
    mine(FAR);
    assertThat(changes(1, FAR)).isEqualTo(changed(3L, 77L, 78L, 200L));
    assertThat(fake.calls("eth_getProof")).isLessThan(50);
  }

  @Test
  void a_known_block_is_not_asked_and_hides_no_other() {
    mine(100);
    chain.mine(DEPOSIT);
    mine(98);
    silent.addAll(Set.of(100L, 102L));
    assertThat(changes(1, 199)).isEqualTo(changed(100L, 102L));
  }

  /** The limit of reading only the ends. */
  @Test
  void a_change_and_its_undoing_inside_one_run_is_not_seen() {
    mine(FAR);
    fake.misbehave(call -> call.method().equals("eth_getProof") ? Optional.of(new Misbehaviour.Result(
        JsonNodeFactory.instance.objectNode().put("storageHash", "0x%064x".formatted(
            Quantity.toLong(call.params().path(2).asString()) == 50 ? 2 : 1)))) : Optional.empty());
    assertThat(changes(1, FAR)).isEqualTo(changed());
    assertThat(changes(50, 51)).as("near the head it is").isEqualTo(changed(50L, 51L));
  }

  @Test
  void blocks_without_transactions_need_no_question() {
    chain.mineEmpty(FAR);
    assertThat(changes(1, FAR)).isEqualTo(changed());
    assertThat(fake.calls("eth_getProof")).isZero();
  }

  @Test
  void a_node_that_does_not_know_the_call_is_asked_again_after_a_while() {
    mine(3);
    refusal = Optional.of(new Misbehaviour.Refuses(-32601, "the method eth_getProof does not exist"));
    assertThat(changes(1, 2)).isEqualTo(StorageChanges.UNKNOWN);
    assertThat(changes(1, 2)).isEqualTo(StorageChanges.UNKNOWN);
    assertThat(guard.probe(Set.of(CONTRACT), node)).isEqualTo("none");
    int asked = fake.calls("eth_getProof");
    refusal = Optional.empty();
    assertThat(changes(1, 2)).isEqualTo(StorageChanges.UNKNOWN);
    assertThat(fake.calls("eth_getProof")).isEqualTo(asked);
    clock.pass(Duration.ofMinutes(11));
    assertThat(changes(1, 2)).isEqualTo(changed());
    assertThat(guard.probe(Set.of(CONTRACT), node)).isEqualTo("all blocks");
  }

  @Test
  void refusals_of_old_blocks_leave_the_head_guarded() {
    mine(20);
    silent.add(19L);
    provedFrom = 15;
    assertThat(changes(1, 10)).isEqualTo(StorageChanges.UNKNOWN);
    assertThat(changes(17, 20)).isEqualTo(changed(19L));
  }

  @Test
  void one_refusal_is_inconclusive() {
    mine(3);
    silent.add(2L);
    AtomicInteger refused = new AtomicInteger();
    fake.misbehave(call -> call.method().equals("eth_getProof") ? Optional.of(refused.getAndIncrement() < 2
        ? new Misbehaviour.Refuses(-32000, "header not found") : prove(call)) : Optional.empty());
    assertThat(changes(1, 3)).isEqualTo(changed(2L));
  }

  @Test
  void a_node_that_is_not_there_refuses_nothing() {
    mine(2);
    refusal = Optional.of(new Misbehaviour.Status(429, Map.of(), "slow down"));
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> changes(1, 2)).isInstanceOf(RpcFailure.class);
      clock.pass(Duration.ofMinutes(5));
    }
  }

  /** As nodes over CometBFT answer for any storage. */
  @Test
  void a_contract_with_code_and_without_a_root_proves_nothing() {
    mine(3);
    refusal = Optional.of(new Misbehaviour.Result(JsonNodeFactory.instance.objectNode()
        .put("codeHash", "0x" + "ab".repeat(32)).put("storageHash", "0x" + "0".repeat(64))));
    assertThat(changes(1, 3)).isEqualTo(StorageChanges.UNKNOWN);
    assertThat(guard.probe(Set.of(CONTRACT), node)).isEqualTo("none");
  }

  @Test
  void where_nothing_is_asked_it_is_proved_only_if_the_node_would_answer() {
    chain.mine(DEPOSIT);
    chain.mine(DEPOSIT);
    mine(0);
    assertThat(changes(1, 1)).isEqualTo(changed());
    refusal = Optional.of(new Misbehaviour.Refuses(-32601, "the method eth_getProof does not exist"));
    mine(1);
    assertThat(changes(3, 3)).isEqualTo(StorageChanges.UNKNOWN);
    assertThat(changes(2, 2)).isEqualTo(StorageChanges.UNKNOWN);
  }

  @Test
  void a_node_that_fails_at_proofs_alone_is_followed_without_them() {
    mine(3);
    refusal = Optional.of(new Misbehaviour.Status(504, Map.of(), "upstream timed out"));
    assertThat(changes(1, 3)).isEqualTo(StorageChanges.UNKNOWN);
  }

  @Test
  void a_node_that_proves_its_newest_block_only_guards_the_head() {
    mine(3);
    provedFrom = 3;
    assertThat(changes(3, 3)).isEqualTo(StorageChanges.UNKNOWN);
    silent.add(4L);
    mine(1);
    provedFrom = 4;
    assertThat(changes(4, 4)).isEqualTo(changed(4L));
  }

  @Test
  void another_branch_begins_anew() {
    mine(5);
    assertThat(changes(1, 5)).isEqualTo(changed());
    chain.lose(2);
    silent.add(4L);
    mine(2);
    assertThat(changes(4, 5)).isEqualTo(changed(4L));
  }
}
