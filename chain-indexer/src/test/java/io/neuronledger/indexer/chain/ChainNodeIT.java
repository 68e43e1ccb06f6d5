package io.neuronledger.indexer.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Bloom;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.BlockTimes;
import io.neuronledger.indexer.chain.block.Finality;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.fixture.ChainAnswers;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.FakeNode.Call;
import io.neuronledger.indexer.fixture.FakeNode.Misbehaviour;
import io.neuronledger.indexer.fixture.NodeClient;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Errors of a node about blocks. */
class ChainNodeIT {
  private final ScriptedChain chain = new ScriptedChain(WalletAddress.ZERO);
  private final FakeNode fake = new FakeNode(chain);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final NodeClient client = new NodeClient(fake, meters);
  private final ChainNode node = client.node;

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void blocks_come_whole_where_that_is_asked_for() {
    fake.misbehave(call -> is(call, "0x1") ? Optional.of(new Misbehaviour.Result(withTransactions(call)))
        : Optional.empty());
    chain.mineEmpty(1);
    assertThat(node.headers(1, 1, true).getFirst().transactions()).satisfiesExactly(
        first -> assertThat(first.to()).contains(WalletAddress.parse("0x" + "22".repeat(20))),
        second -> {
          assertThat(second.to()).as("it creates a contract").isEmpty();
          assertThat(second.index()).isEqualTo(1);
          assertThat(second.value().toZeroG()).isEqualTo("1");
          assertThat(second.input()).isEqualTo("0xabcd");
        });
    fake.behave();
    assertThat(node.headers(1, 1, false).getFirst().transactions()).isEmpty();
  }

  @Test
  void a_missing_block_and_a_broken_line_are_no_headers() {
    chain.mineEmpty(10);
    fifthBlockIs(JsonNodeFactory.instance.nullNode());
    assertRefused("does not have block 5");
    ScriptedChain other = chain.copy();
    other.reorganise(6);
    fifthBlockIs(ChainAnswers.json(other.at(5).orElseThrow()));
    assertRefused("is not a child of");
    fifthBlockIs(ChainAnswers.json(chain.at(6).orElseThrow()));
    assertRefused("when asked for 5");
  }

  @Test
  void a_final_block_above_the_head_is_inconsistent() {
    chain.mineEmpty(10);
    fake.misbehave(call -> is(call, "finalized") ? Optional.of(new Misbehaviour.Result(
        ((ObjectNode) ChainAnswers.json(chain.head())).put("number", "0xffff"))) : Optional.empty());
    assertThat(catchThrowableOfType(RpcFailure.class, () -> node.view(5, new Finality.Tag(), false)))
        .hasMessageContaining("although its head is 10");
  }

  /** Equal times are legal: blocks can be faster than a second. */
  @Test
  void time_never_goes_back_from_parent_to_child() {
    chain.mineEmpty(10);
    fifthBlockIs(timed(chain.at(5).orElseThrow(), chain.at(4).orElseThrow().time()));
    assertThat(node.headers(1, 10, false)).hasSize(10);
    fifthBlockIs(timed(chain.at(5).orElseThrow(), chain.at(4).orElseThrow().time() - 1));
    assertRefused("before its parent's 2023-11-14T22:14:08Z");
    assertThat(meters.counter("indexer.rpc.errors", "node", node.name(), "kind", "inconsistent").count()).isPositive();
  }

  @Test
  void a_first_block_of_time_zero_is_legal() {
    Header genesis = new Header(0, chain.head().hash(), BlockRef.NO_HASH, BlockTimes.ofSeconds(0),
        Bloom.ofKeys(List.of()), 0, List.of());
    assertThatCode(() -> node.checkFollows(genesis, BlockRef.BEFORE_GENESIS)).doesNotThrowAnyException();
  }

  /** In milliseconds, for example. */
  @ParameterizedTest
  @ValueSource(longs = {1_700_000_060_000L, 253_370_764_800L, Long.MAX_VALUE})
  void a_time_that_no_store_takes_is_malformed(long time) {
    chain.mineEmpty(10);
    fifthBlockIs(timed(chain.at(5).orElseThrow(), time));
    RpcFailure failure = catchThrowableOfType(RpcFailure.class, () -> node.headers(1, 10, false));
    assertThat(failure).hasMessageContaining("the block time (timestamp) " + time);
    assertThat(failure.kind()).isEqualTo(RpcFailure.Kind.MALFORMED);
    assertThat(catchThrowableOfType(RpcFailure.class, () -> node.header(5)).kind())
        .isEqualTo(RpcFailure.Kind.MALFORMED);
  }

  @Test
  void a_time_far_ahead_of_the_clock_is_rejected() {
    chain.mineEmpty(10);
    Instant now = Instant.ofEpochSecond(chain.at(5).orElseThrow().time());
    Duration tolerance = Duration.ofSeconds(chain.head().time() - now.getEpochSecond());
    ChainNode tolerant = new NodeClient(fake, meters, tolerance, Clock.fixed(now, ZoneOffset.UTC)).node;
    assertThat(tolerant.head()).as("to the second").isEqualTo(10);
    ChainNode strict =
        new NodeClient(fake, meters, tolerance.minusMillis(1), Clock.fixed(now, ZoneOffset.UTC)).node;
    List<ThrowingCallable> answers = List.of(strict::head, () -> strict.header(10),
        () -> strict.headersAt(List.of(10L)), () -> strict.headers(1, 10, true), () ->
            strict.view(10, new Finality.Instant(), false));
    assertThat(answers).allSatisfy(answer -> assertThatThrownBy(answer).isInstanceOf(RpcFailure.class)
        .hasMessageContaining("ahead of this machine's clock (" + now + ")")
        .hasMessageContaining("NEURON_LEDGER_FOLLOW_BLOCK_TIME_TOLERANCE"));
  }

  private static ObjectNode timed(ScriptedChain.Block block, long time) {
    return ((ObjectNode) ChainAnswers.json(block)).put("timestamp", Quantity.of(time));
  }

  private JsonNode withTransactions(Call call) {
    ObjectNode block = (ObjectNode) fake.truth(call);
    for (int i = 0; i < 2; i++) {
      ObjectNode transaction = JsonNodeFactory.instance.objectNode().put("hash", "0x" + "aa".repeat(32))
          .put("transactionIndex", Quantity.of(i)).put("from", "0x" + "11".repeat(20)).put("value", "0xde0b6b3a7640000")
          .put("input", "0xabcd").put("gas", "0x1");
      transaction.set("accessList", JsonNodeFactory.instance.arrayNode());
      transaction.set("to", i == 0 ? JsonNodeFactory.instance.stringNode("0x" + "22".repeat(20))
          : JsonNodeFactory.instance.nullNode());
      block.withArray("transactions").add(transaction);
    }
    return block;
  }

  private void fifthBlockIs(JsonNode block) {
    fake.misbehave(call -> is(call, "0x5") ? Optional.of(new Misbehaviour.Result(block)) : Optional.empty());
  }

  private void assertRefused(String why) {
    RpcFailure failure = catchThrowableOfType(RpcFailure.class, () -> node.headers(1, 10, false));
    assertThat(failure).hasMessageContaining(why).hasMessageStartingWith(node.name());
    assertThat(failure.kind()).isEqualTo(RpcFailure.Kind.INCONSISTENT);
  }

  private static boolean is(Call call, String tag) {
    return call.method().equals("eth_getBlockByNumber") && call.params().path(0).asString().equals(tag);
  }
}
