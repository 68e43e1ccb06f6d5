package io.neuronledger.indexer.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.chain.call.ChainCalls;
import io.neuronledger.indexer.chain.call.StateCalls;
import io.neuronledger.indexer.fixture.BoundedParser;
import io.neuronledger.indexer.fixture.ChainAnswers;
import io.neuronledger.indexer.fixture.LedgerLogs;
import io.neuronledger.indexer.fixture.Mutated;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.rpc.call.RpcCall;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Mutated answers: no element disappears, no reader loops forever, and no change causes another exception. */
class AnswerProperties {
  private static final WalletAddress OWNER = WalletAddress.parse("0x" + "01".repeat(20));
  private static final ScriptedChain.Block BLOCK = block();

  private static final LogFilter FILTER =
      new LogFilter(Set.of(WalletAddress.ZERO), Set.of(BLOCK.logs().getFirst().topics().getFirst()));

  private static ScriptedChain.Block block() {
    LedgerLogs.Draft deposit = LedgerLogs.deposit(OWNER, OWNER, Neuron.ofZeroG("1"));
    return new ScriptedChain(WalletAddress.ZERO).mine(deposit, deposit, deposit);
  }

  @Property(tries = 3000)
  void logs(@ForAll long seed) {
    ArrayNode honest = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < BLOCK.logs().size(); i++) {
      honest.add(ChainAnswers.json(BLOCK, i));
    }
    Mutated mutated = Mutated.of(honest, seed);
    read(ChainCalls.logs(BLOCK.hash(), FILTER), honest, mutated).ifPresent(logs -> {
      assertThat(logs).as(mutated.change()).hasSize(mutated.document().size());
      for (int i = 0; i < logs.size(); i++) {
        assertThat(logs.get(i).topics()).as(mutated.change())
            .hasSize(mutated.document().get(i).get("topics").size());
      }
    });
  }

  @Property(tries = 3000)
  void whole_blocks(@ForAll long seed) {
    JsonNode honest = ChainAnswers.whole(BLOCK);
    Mutated mutated = Mutated.of(honest, seed);
    read(ChainCalls.block(BLOCK.number(), true), honest, mutated).ifPresent(block ->
        assertThat(block.orElseThrow().transactions()).as(mutated.change())
            .hasSize(mutated.document().get("transactions").size()));
  }

  @Property(tries = 1000)
  void headers(@ForAll long seed) {
    JsonNode honest = ChainAnswers.json(BLOCK);
    Mutated mutated = Mutated.of(honest, seed);
    // Skipped fields are only checked for their type: additional content does no harm.
    boolean passedOver = mutated.mustFail() && mutated.document().path("transactions").valueStream()
        .allMatch(each -> each.isString() || each.isObject());
    read(ChainCalls.block(BLOCK.number(), false), honest, mutated).ifPresent(block ->
        assertThat(passedOver || block.isPresent()).isTrue());
  }

  @Property(tries = 1000)
  void receipts(@ForAll long seed) {
    JsonNode honest = JsonNodeFactory.instance.objectNode().put("blockHash", BLOCK.hash().value()).put("status", "0x1")
        .set("logs", JsonNodeFactory.instance.arrayNode());
    read(StateCalls.outcome(BLOCK.hash()), honest, Mutated.of(honest, seed))
        .ifPresent(outcome -> assertThat(outcome).isPresent());
  }

  /** The reader's result for the mutated answer; empty where it refuses it. */
  private static <T> Optional<T> read(RpcCall<T> call, JsonNode honest, Mutated mutated) {
    T right = call.result().read(BoundedParser.of(honest.toString()));
    try {
      T read = call.result().read(BoundedParser.of(mutated.text()));
      if (mutated.mustFail() && !read.equals(right)) {
        fail("%s goes unnoticed", mutated.change());
      }
      return Optional.of(read);
    } catch (IllegalArgumentException | JacksonException | RpcFailure refused) {
      return Optional.empty();
    }
  }

  /** Two cases found in practice. */
  @Property(tries = 1)
  void nothing_but_the_type_is_wrong() {
    ArrayNode logs = JsonNodeFactory.instance.arrayNode().add(ChainAnswers.json(BLOCK, 0)).addNull()
        .add(ChainAnswers.json(BLOCK, 1)).add(ChainAnswers.json(BLOCK, 2));
    JsonNode block = ((ObjectNode) ChainAnswers.whole(BLOCK)).putNull("transactions");
    for (boolean whole : List.of(true, false)) {
      assertThat(read(ChainCalls.block(1, whole), whole ? ChainAnswers.whole(BLOCK) : ChainAnswers.json(BLOCK),
          new Mutated(block, block.toString(), true, "transactions: null"))).isEmpty();
    }
    assertThat(read(ChainCalls.logs(BLOCK.hash(), FILTER), JsonNodeFactory.instance.arrayNode(),
        new Mutated(logs, logs.toString(), true, "a null among the logs"))).isEmpty();
  }
}
