package io.neuronledger.indexer.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.rpc.RpcFailure;
import io.neuronledger.indexer.scene.ChainAnswers;
import io.neuronledger.indexer.scene.FakeNode;
import io.neuronledger.indexer.scene.FakeNode.Call;
import io.neuronledger.indexer.scene.FakeNode.Misbehaviour;
import io.neuronledger.indexer.scene.NodeClient;
import io.neuronledger.indexer.scene.ScriptedChain;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a node can get wrong about blocks. */
class ChainNodeTest {
  private final ScriptedChain chain = new ScriptedChain(WalletAddress.ZERO);
  private final FakeNode fake = new FakeNode(chain);
  private final NodeClient client = new NodeClient(fake, new SimpleMeterRegistry());
  private final ChainNode node = client.node;

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void blocks_come_whole_where_that_is_asked_for() {
    fake.misbehave(call -> is(call, "0x1") ? Optional.of(new Misbehaviour.Says(withTransactions(call)))
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
    assertRefused("is no child of");
    fifthBlockIs(ChainAnswers.json(chain.at(6).orElseThrow()));
    assertRefused("when asked for 5");
  }

  @Test
  void a_final_block_above_the_head_is_a_lie() {
    chain.mineEmpty(10);
    fake.misbehave(call -> is(call, "finalized") ? Optional.of(new Misbehaviour.Says(
        ((ObjectNode) ChainAnswers.json(chain.head())).put("number", "0xffff"))) : Optional.empty());
    assertThat(catchThrowableOfType(RpcFailure.class, () -> node.view(5, new Finality.Tag(), false)))
        .hasMessageContaining("although its head is 10");
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
    fake.misbehave(call -> is(call, "0x5") ? Optional.of(new Misbehaviour.Says(block)) : Optional.empty());
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
