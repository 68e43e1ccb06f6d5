package io.neuronledger.indexer.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.Finality;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.FakeNode.Call;
import io.neuronledger.indexer.fixture.FakeNode.Misbehaviour;
import io.neuronledger.indexer.fixture.LedgerLogs;
import io.neuronledger.indexer.fixture.LedgerLogs.Draft;
import io.neuronledger.indexer.fixture.NodeClient;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import io.neuronledger.testkit.servers.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Nodes that lack an optional feature, or use a freedom of the protocol. */
class LegalNodesIT {
  private static final WalletAddress CONTRACT = WalletAddress.parse("0x" + "c0".repeat(20));
  private static final WalletAddress OWNER = WalletAddress.parse("0x" + "ab".repeat(20));
  private static final Draft DEPOSIT = LedgerLogs.deposit(OWNER, OWNER, Neuron.ofZeroG("1"));
  private static final LogFilter FILTER = new LogFilter(Set.of(CONTRACT), Set.of(DEPOSIT.topics().getFirst()));
  private static final int NEAR = 10;
  private static final int FAR = 150;

  private final ScriptedChain chain = new ScriptedChain(CONTRACT);
  private final FakeNode fake = new FakeNode(chain);
  private final ManualClock clock = new ManualClock();
  private final NodeClient client = new NodeClient(fake, new SimpleMeterRegistry(), Duration.ZERO, clock);
  private final ChainNode node = client.node;

  @BeforeEach
  void mine() {
    for (int i = 0; i < FAR; i++) {
      chain.mine(DEPOSIT, DEPOSIT, DEPOSIT);
    }
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x", "null", "absent"})
  void a_block_without_a_bloom_is_read(String form) {
    changeBlocks(block -> {
      switch (form) {
        case "null" -> block.putNull("logsBloom");
        case "absent" -> block.remove("logsBloom");
        default -> block.put("logsBloom", form);
      }
    });
    assertReads(NEAR);
    assertReads(FAR);
    assertThat(node.newest(false).bloom().isKnown()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {NEAR, FAR})
  void logs_may_come_in_any_order(int blocks) {
    changeLogs(Collections::reverse);
    assertReads(blocks);
  }

  @ParameterizedTest
  @ValueSource(ints = {NEAR, FAR})
  void a_log_that_comes_twice_counts_once(int blocks) {
    changeLogs(logs -> logs.addAll(List.copyOf(logs)));
    assertReads(blocks);
  }

  @ParameterizedTest
  @ValueSource(ints = {NEAR, FAR})
  void two_logs_in_one_place_contradict_each_other(int blocks) {
    changeLogs(logs -> logs.addFirst(((ObjectNode) logs.getFirst().deepCopy()).put("data", "0x" + "00".repeat(32))));
    assertRefused(blocks, "two different logs with the index 0");
  }

  @Test
  void letter_case_does_not_matter() {
    changeLogs(logs -> logs.replaceAll(log -> {
      ObjectNode upper = (ObjectNode) log.deepCopy();
      upper.put("data", "0x" + log.path("data").asString().substring(2).toUpperCase(Locale.ROOT));
      ArrayNode topics = upper.putArray("topics");
      log.path("topics").forEach(topic -> topics.add("0x" + topic.asString().substring(2).toUpperCase(Locale.ROOT)));
      return upper;
    }));
    assertReads(NEAR);
  }

  @ParameterizedTest
  @ValueSource(ints = {NEAR, FAR})
  void indices_that_count_per_transaction_are_refused_by_that_name(int blocks) {
    changeLogs(logs -> logs.replaceAll(log -> ((ObjectNode) log.deepCopy()).put("logIndex", "0x0")));
    assertRefused(blocks, "counts the log indices of block 1 per transaction");
  }

  /** Of one transaction only one log passes the filter: nothing but its receipt shows how the node counts. */
  @Test
  void so_are_those_that_only_receipts_contradict() {
    Draft other = new Draft(List.of("0x" + "ee".repeat(32)), "0x");
    chain.mine(other, DEPOSIT);
    changeLogs(logs -> logs.replaceAll(log -> ((ObjectNode) log.deepCopy()).put("logIndex", "0x0")));
    List<Header> headers = node.headers(FAR + 1, FAR + 1, false);
    assertThat(catchThrowableOfType(RpcFailure.class, () -> node.blockData(headers, FILTER)))
        .hasMessageContaining("per transaction, not per block as its receipts do");
  }

  @Test
  void a_node_without_the_tag_finalized_knows_of_no_final_block() {
    fake.finalise(20);
    fake.misbehave(call -> call.params().path(0).asString("").equals("finalized")
        ? Optional.of(new Misbehaviour.Refuses(-32602, "invalid block tag: finalized")) : Optional.empty());
    for (int i = 0; i < 5; i++) {
      HeadView view = node.view(5, new Finality.Tag(), false);
      assertThat(view.finalizedBlock()).isEqualTo(-1);
      assertThat(view.head()).isEqualTo(FAR);
    }
    int before = fake.requests();
    assertThat(node.view(5, new Finality.Tag(), false).published()).isPresent();
    assertThat(fake.requests() - before).as("the tag is no longer asked for").isOne();
    fake.behave();
    clock.pass(Duration.ofMinutes(11));
    assertThat(node.view(5, new Finality.Tag(), false).finalizedBlock()).isEqualTo(20);
  }

  @Test
  void a_node_that_refuses_a_block_hash_is_asked_by_number() {
    fake.misbehave(call -> byHash(call)
        ? Optional.of(new Misbehaviour.Refuses(-32602, "blockHash filter is not supported")) : Optional.empty());
    assertReadsByNumber();
  }

  /** The node answers for its newest block, as for a filter without any block. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_node_that_ignores_a_block_hash_is_asked_by_number(boolean emptyHead) {
    if (emptyHead) {
      chain.mineEmpty(1);
    }
    fake.misbehave(call -> byHash(call) ? Optional.of(new Misbehaviour.Result(fake.truth(ofNewest(call))))
        : Optional.empty());
    assertReadsByNumber();
  }

  private Call ofNewest(Call call) {
    String head = Quantity.of(chain.head().number());
    ObjectNode filter = (ObjectNode) call.params().path(0).deepCopy();
    filter.remove("blockHash");
    ArrayNode params = JsonNodeFactory.instance.arrayNode();
    params.add(filter.put("fromBlock", head).put("toBlock", head));
    return new Call(call.method(), params);
  }

  private void assertReadsByNumber() {
    assertReads(NEAR);
    assertReads(NEAR);
    int before = fake.calls("eth_getLogs");
    assertReads(NEAR);
    assertThat(fake.calls("eth_getLogs") - before).as("one range, no block by hash").isOne();
    fake.behave();
    clock.pass(Duration.ofMinutes(11));
    int after = fake.calls("eth_getLogs");
    assertReads(NEAR);
    assertThat(fake.calls("eth_getLogs") - after).as("by hash again").isEqualTo(NEAR);
  }

  private void assertReads(int blocks) {
    List<BlockData> read = read(blocks);
    assertThat(read).hasSize(blocks).allSatisfy(block -> {
      assertThat(block.logs()).extracting(LogEntry::index).containsExactly(0, 1, 2);
      assertThat(block.logs()).extracting(LogEntry::topics).containsOnly(DEPOSIT.topics());
      assertThat(block.logs()).extracting(LogEntry::data).containsOnly(DEPOSIT.data());
    });
  }

  private void assertRefused(int blocks, String why) {
    RpcFailure failure = catchThrowableOfType(RpcFailure.class, () -> read(blocks));
    assertThat(failure).hasMessageContaining(why).hasMessageStartingWith(node.name());
    assertThat(failure.kind()).isEqualTo(RpcFailure.Kind.INCONSISTENT);
  }

  private List<BlockData> read(int blocks) {
    return node.blockData(node.headers(1, blocks, false), FILTER);
  }

  private void changeBlocks(Consumer<ObjectNode> change) {
    fake.misbehave(call -> call.method().equals("eth_getBlockByNumber") ? Optional.of(with(fake.truth(call), block -> {
      change.accept((ObjectNode) block);
      return block;
    })) : Optional.empty());
  }

  private void changeLogs(Consumer<List<JsonNode>> change) {
    fake.misbehave(call -> call.method().equals("eth_getLogs") ? Optional.of(with(fake.truth(call), logs -> {
      List<JsonNode> changed = new ArrayList<>(logs.values());
      if (!changed.isEmpty()) {
        change.accept(changed);
      }
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      changed.forEach(array::add);
      return array;
    })) : Optional.empty());
  }

  private static Misbehaviour with(JsonNode truth, UnaryOperator<JsonNode> change) {
    return new Misbehaviour.Result(change.apply(truth));
  }

  private static boolean byHash(Call call) {
    return call.method().equals("eth_getLogs") && call.params().path(0).has("blockHash");
  }
}
