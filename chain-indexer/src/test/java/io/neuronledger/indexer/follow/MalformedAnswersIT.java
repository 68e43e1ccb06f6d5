package io.neuronledger.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.FakeNode.Call;
import io.neuronledger.indexer.fixture.FakeNode.Misbehaviour;
import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.fixture.ScriptedScene;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One of two nodes gives impossible answers: the other one is used, and nothing is lost. */
class MalformedAnswersIT {
  private final ScriptedScene scene = new ScriptedScene();
  private final ScriptedChain chain = scene.chain;
  private final FakeNode node = scene.node;

  @AfterEach
  void close() {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"milliseconds", "early", "no transactions", "null among logs"})
  void a_malformed_answer_of_one_node_is_left_for_another_one(String fault) {
    scene.mine(20);
    chain.mine(ScriptedScene.deposit(21), ScriptedScene.deposit(22), ScriptedScene.deposit(23));
    node.misbehave(call -> malformed(fault, call));
    try (FakeNode second = new FakeNode(chain)) {
      scene.options.rpcUrls = List.of(node.url(), second.url());
      try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
        scene.awaitHead(published);
        scene.assertMirrors(published);
        assertThat(published.livingFacts()).extracting(ChainRecord::blockTime).allSatisfy(time -> assertThat(time)
            .isBetween(Instant.ofEpochSecond(chain.at(0).orElseThrow().time()),
                Instant.ofEpochSecond(chain.head().time())));
      }
    }
  }

  private Optional<Misbehaviour> malformed(String fault, Call call) {
    if (is(call, "eth_getLogs") && fault.equals("null among logs")) {
      ArrayNode logs = (ArrayNode) node.truth(call);
      return logs.size() < 2 ? Optional.empty() : Optional.of(new Misbehaviour.Result(logs.insertNull(1)));
    }
    if (!is(call, "eth_getBlockByNumber") || !(node.truth(call) instanceof ObjectNode block)
        || Long.decode(block.path("number").asString()) < 10) {
      return Optional.empty();
    }
    return switch (fault) {
      case "milliseconds" -> Optional.of(new Misbehaviour.Result(
          block.put("timestamp", "0x" + Long.toHexString(1_000 * Long.decode(block.path("timestamp").asString())))));
      case "early" -> Optional.of(new Misbehaviour.Result(block.put("timestamp", "0x1")));
      case "no transactions" -> Optional.of(new Misbehaviour.Result(block.putNull("transactions")));
      default -> Optional.empty();
    };
  }

  /** A wrong time within the tolerance does not reject the following blocks of other nodes. */
  @Test
  void a_published_time_of_one_node_is_not_held_against_another_one() {
    scene.mine(20);
    node.misbehave(call -> is(call, "eth_getBlockByNumber") && node.truth(call) instanceof ObjectNode block
        && block.path("number").asString().equals("0x14")
        ? Optional.of(new Misbehaviour.Result(block.put("timestamp", "0x7fffffff"))) : Optional.empty());
    try (FakeNode second = new FakeNode(chain)) {
      scene.options.rpcUrls = List.of(node.url(), second.url());
      try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
        scene.awaitHead(published);
        node.close();
        scene.mine(5);
        scene.awaitHead(published);
        scene.assertMirrors(published);
      }
    }
  }

  private static boolean is(Call call, String method) {
    return call.method().equals(method);
  }
}
