package io.neuronledger.indexer.chain.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.Header;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Errors of a node about logs. "near" requests by hash, "far" by range. */
class LogReaderIT {
  private static final WalletAddress CONTRACT = WalletAddress.parse("0x" + "c0".repeat(20));
  private static final WalletAddress OWNER = WalletAddress.parse("0x" + "01".repeat(20));
  private static final Draft DEPOSIT = LedgerLogs.deposit(OWNER, OWNER, Neuron.ofZeroG("1"));
  private static final LogFilter FILTER = new LogFilter(Set.of(CONTRACT), Set.of(DEPOSIT.topics().getFirst()));
  private static final int FAR = 200;

  private final ScriptedChain chain = new ScriptedChain(CONTRACT);
  private final FakeNode fake = new FakeNode(chain);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ManualClock clock = new ManualClock();
  private final NodeClient client = new NodeClient(fake, meters, Duration.ZERO, clock);
  private final ChainNode node = client.node;

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, FAR})
  void reads_every_log_in_order(int blocks) {
    mine(blocks);
    List<BlockData> read = read(blocks);
    assertThat(read).extracting(block -> block.header().number()).doesNotHaveDuplicates().isSorted().hasSize(blocks);
    assertThat(read.stream().flatMap(block -> block.logs().stream())).hasSize(2 * Math.ceilDiv(blocks, 3));
    assertThat(read).allSatisfy(block -> assertThat(block.logs())
        .allMatch(log -> log.blockHash().equals(block.header().hash()) && log.block() == block.header().number()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"query returned more than 10000 results", "block range is too wide",
      "eth_getLogs is limited to a 10,000 range", "Log response size exceeded", "exceed maximum block range: 5000",
      "请求范围过大", "internal error"})
  void a_range_that_is_refused_in_any_words_is_asked_in_parts(String words) {
    mine(FAR);
    fake.misbehave(call -> range(call) > 7 ? Optional.of(new Misbehaviour.Refuses(-32005, words)) : Optional.empty());
    assertThat(read(FAR)).hasSize(FAR);
    assertThat(read(FAR).stream().mapToInt(block -> block.logs().size()).sum()).isEqualTo(2 * (FAR / 3 + 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 500})
  void so_is_one_refused_by_status(int status) {
    mine(FAR);
    fake.misbehave(call -> range(call) > 40 ? Optional.of(new Misbehaviour.Status(status, Map.of(), "too big"))
        : Optional.empty());
    assertThat(read(FAR)).hasSize(FAR);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, FAR})
  void an_empty_answer_instead_of_an_error_is_detected(int blocks) {
    mine(blocks);
    fake.misbehave(call -> call.method().equals("eth_getLogs") ? Optional.of(new Misbehaviour.Result(
        JsonNodeFactory.instance.arrayNode())) : Optional.empty());
    assertRefused(blocks, "answered 0 logs for block 1 ");
    assertThat(mismatches()).isPositive();
  }

  /** Two deposits of one owner make the same bloom as one: only the receipts show that there are two. */
  @ParameterizedTest
  @ValueSource(ints = {10, FAR})
  void a_missing_log_that_the_bloom_hides_is_detected(int blocks) {
    mine(blocks);
    dropLast();
    assertRefused(blocks, "answered 1 logs for block ");
  }

  @ParameterizedTest
  @ValueSource(ints = {-32601, -32000})
  void receipts_are_asked_one_by_one_where_a_node_does_not_answer_those_of_a_block(int code) {
    mine(10);
    refuse(code, "eth_getBlockReceipts");
    assertThat(read(10)).hasSize(10);
    dropLast(call -> call.method().equals("eth_getBlockReceipts"));
    assertRefused(10, "answered 1 logs for block ");
  }

  @ParameterizedTest
  @ValueSource(ints = {-32601, -32004})
  void a_node_without_receipts_is_followed_with_its_blooms(int code) {
    mine(10);
    refuse(code, "eth_getBlockReceipts", "eth_getTransactionReceipt");
    assertThat(read(10)).hasSize(10).noneMatch(BlockData::checked);
    fake.behave();
    clock.pass(Duration.ofMinutes(11));
    assertThat(read(10)).filteredOn(block -> !block.logs().isEmpty()).isNotEmpty().allMatch(BlockData::checked);
  }

  @Test
  void receipts_of_another_block_prove_nothing() {
    mine(10);
    fake.misbehave(call -> call.method().equals("eth_getBlockReceipts")
        ? Optional.of(new Misbehaviour.Result(JsonNodeFactory.instance.arrayNode())) : Optional.empty());
    assertRefused(10, "answered 0 receipts for block 1 ");
  }

  /** A block whose bloom has false positives, by chance or by other contracts' logs: the receipts decide. */
  @ParameterizedTest
  @ValueSource(ints = {4, FAR})
  void a_false_positive_bloom_is_disproved_by_receipts(int blocks) {
    WalletAddress other = WalletAddress.parse("0x" + "0e".repeat(20));
    Draft notOurs = new Draft(List.of("0x" + "ab".repeat(32)), "0x");
    for (int i = 0; i < blocks; i++) {
      // Emitter and topic are there, though not in one log.
      chain.mineBoth(notOurs, other, new Draft(List.of(DEPOSIT.topics().getFirst()), "0x"));
    }
    assertThat(read(blocks)).hasSize(blocks).allMatch(block -> block.logs().isEmpty());
    assertThat(mismatches()).isEqualTo(blocks);
  }

  @Test
  void blooms_that_contradict_existing_logs_are_not_used_for_a_while() {
    mine(10);
    bloom("0");
    assertThat(read(10).stream().mapToInt(block -> block.logs().size()).sum()).isEqualTo(8);
    assertThat(meters.get("indexer.bloom.check").gauge().value()).isZero();
    fake.behave();
    clock.pass(Duration.ofMinutes(11));
    assertThat(meters.get("indexer.bloom.check").gauge().value()).isOne();
    fake.misbehave(call -> call.method().equals("eth_getLogs") ? Optional.of(new Misbehaviour.Result(
        JsonNodeFactory.instance.arrayNode())) : Optional.empty());
    assertRefused(10, "answered 0 logs for block 1 ");
  }

  @Test
  void a_bloom_with_every_bit_set_hides_nothing() {
    mine(10);
    bloom("f");
    assertThat(read(10).stream().mapToInt(block -> block.logs().size()).sum()).isEqualTo(8);
    assertThat(meters.get("indexer.bloom.check").gauge().value()).isOne();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, FAR})
  void a_removed_log_is_refused(int blocks) {
    mine(blocks);
    changeLogs(log -> log.put("removed", true));
    assertRefused(blocks, "no longer part of the chain");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, FAR})
  void a_log_of_another_branch_is_refused(int blocks) {
    mine(blocks);
    changeLogs(log -> log.put("blockHash", "0x" + "ab".repeat(32)));
    assertRefused(blocks, "which is not on the requested branch");
  }

  @Test
  void a_log_of_another_contract_is_refused() {
    mine(FAR);
    changeLogs(log -> log.put("address", OWNER.value()));
    assertRefused(FAR, "not requested");
  }

  @Test
  void two_transactions_do_not_share_an_index() {
    mine(10);
    changeLogs(log -> log.put("logIndex", "0x0"));
    assertRefused(10, "per transaction");
  }

  @Test
  void a_pending_log_is_malformed() {
    mine(10);
    changeLogs(log -> log.putNull("blockHash"));
    assertThat(refused(10).kind()).isEqualTo(RpcFailure.Kind.MALFORMED);
  }

  /** The node answers the range from its own blocks, without the range's end and without an error. */
  @Test
  void a_node_without_the_ranges_end_is_detected() {
    mine(FAR);
    List<Header> headers = node.headers(1, FAR, false);
    ScriptedChain lagging = chain.copy();
    lagging.lose(5);
    fake.follow(lagging);
    assertThat(catchThrowableOfType(RpcFailure.class, () -> node.blockData(headers, FILTER)))
        .hasMessageContaining("holds no such block");
  }

  @Test
  void a_node_on_another_branch_is_detected() {
    mine(FAR);
    List<Header> headers = node.headers(1, FAR, false);
    chain.reorganise(3);
    assertThat(catchThrowableOfType(RpcFailure.class, () -> node.blockData(headers, FILTER)))
        .hasMessageContaining("answered logs up to block");
  }

  private double mismatches() {
    return meters.get("indexer.bloom.mismatches").counter().count();
  }

  private void bloom(String digit) {
    fake.misbehave(call -> call.method().equals("eth_getBlockByNumber") ? Optional.of(new Misbehaviour.Result(
        ((ObjectNode) fake.truth(call)).put("logsBloom", "0x" + digit.repeat(512)))) : Optional.empty());
  }

  private void refuse(int code, String... methods) {
    fake.misbehave(call -> Set.of(methods).contains(call.method())
        ? Optional.of(new Misbehaviour.Refuses(code, "not here")) : Optional.empty());
  }

  private void dropLast() {
    dropLast(_ -> false);
  }

  /** @param refused further calls that are refused */
  private void dropLast(Predicate<Call> refused) {
    fake.misbehave(call -> {
      if (refused.test(call)) {
        return Optional.of(new Misbehaviour.Refuses(-32601, "not here"));
      }
      if (!call.method().equals("eth_getLogs")) {
        return Optional.empty();
      }
      ArrayNode some = (ArrayNode) fake.truth(call);
      if (!some.isEmpty()) {
        some.remove(some.size() - 1);
      }
      return Optional.of(new Misbehaviour.Result(some));
    });
  }

  /** Every third block has two logs. */
  private void mine(int blocks) {
    for (int i = 0; i < blocks; i++) {
      if (i % 3 == 0) {
        chain.mine(DEPOSIT, DEPOSIT);
      } else {
        chain.mine();
      }
    }
  }

  private List<BlockData> read(int blocks) {
    return node.blockData(node.headers(1, blocks, false), FILTER);
  }

  private RpcFailure refused(int blocks) {
    return catchThrowableOfType(RpcFailure.class, () -> read(blocks));
  }

  private void assertRefused(int blocks, String why) {
    RpcFailure failure = refused(blocks);
    assertThat(failure).hasMessageContaining(why).hasMessageStartingWith(node.name());
    assertThat(failure.kind()).isEqualTo(RpcFailure.Kind.INCONSISTENT);
  }

  private void changeLogs(UnaryOperator<ObjectNode> change) {
    fake.misbehave(call -> {
      if (!call.method().equals("eth_getLogs")) {
        return Optional.empty();
      }
      ArrayNode changed = JsonNodeFactory.instance.arrayNode();
      fake.truth(call).forEach(log -> changed.add(change.apply((ObjectNode) log)));
      return Optional.of(new Misbehaviour.Result(changed));
    });
  }

  private static long range(Call call) {
    JsonNode filter = call.params().path(0);
    return filter.has("fromBlock") ? Quantity.toLong(filter.path("toBlock").asString())
        - Quantity.toLong(filter.path("fromBlock").asString()) + 1 : 0;
  }
}
