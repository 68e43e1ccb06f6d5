package io.neuronledger.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.following.GuardRange;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Observation;
import io.neuronledger.indexer.fixture.AlteredFamily;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.FakeNode.Call;
import io.neuronledger.indexer.fixture.FakeNode.Misbehaviour;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** AccountLedger changes in a block without an answered log: the node omits logs, or the contract emitted none. */
class SilentChangesIT {
  private static final WalletAddress OTHER = WalletAddress.parse("0x" + "0e".repeat(20));
  private static final long SILENT = 3;

  private final ScriptedChain chain = new ScriptedChain(ScriptedScene.CONTRACT);
  private final FakeNode fake = new FakeNode(chain);
  private final FollowerFixture follower = new FollowerFixture(new Observed(),
      FollowerFixture.Settings.of(ScriptedScene.CONTRACT, 1), fake.url());

  /** The contract holds nothing, whenever it is asked. */
  private static final class Observed extends AlteredFamily {
    @Override
    public Observation observe(BlockRef block, DecoderState state, ChainNode node) {
      return new Observation(Collections.emptySortedMap(), Collections.emptySortedMap(), Neuron.ZERO, Neuron.ZERO);
    }
  }

  @AfterEach
  void close() {
    follower.close();
    fake.close();
  }

  /** Its blooms are invalid too, so that only the storage root shows the change. */
  @Test
  void logs_that_a_node_leaves_out_are_missed_before_anything_is_published() {
    chain.mine(ScriptedScene.deposit(1));
    fake.misbehave(call -> switch (call.method()) {
      case "eth_getLogs" -> Optional.of(new Misbehaviour.Result(JsonNodeFactory.instance.arrayNode()));
      case "eth_getBlockByNumber" -> Optional.of(new Misbehaviour.Result(
          ((ObjectNode) fake.truth(call)).put("logsBloom", "0x" + "0".repeat(512))));
      default -> Optional.empty();
    });
    assertThatThrownBy(follower::followToHead).isInstanceOf(RpcFailure.class).hasMessageContaining("receipts hold 1");
    assertThat(follower.records()).isEmpty();
    fake.behave();
    follower.followToHead();
    assertThat(follower.facts()).hasSize(1);
  }

  /** As a contract of another version may do. */
  @Test
  void a_change_without_a_log_is_compared_at_its_own_block() {
    for (int i = 0; i < 6; i++) {
      chain.mineFrom(OTHER, ScriptedScene.deposit(1));
    }
    fake.misbehave(call -> call.method().equals("eth_getProof") ? Optional.of(root(call)) : Optional.empty());
    follower.followToHead();
    List<ChainRecord> compared = follower.records().stream().filter(record -> record.partition() == 0
        && record.event() instanceof ChainEvent.ReconciliationEnded).toList();
    assertThat(compared).singleElement().satisfies(record -> assertThat(record.position().block()).isEqualTo(SILENT));
    assertThat(follower.guard()).containsExactly(new GuardRange(1, SILENT - 1, BlockGuard.PROVED, Optional.empty()),
        new GuardRange(SILENT, SILENT, BlockGuard.COMPARED, Optional.of(SILENT)),
        new GuardRange(SILENT + 1, 6, BlockGuard.PROVED, Optional.empty()));
  }

  private static Misbehaviour root(Call call) {
    boolean changed = Quantity.toLong(call.params().path(2).asString()) >= SILENT;
    return new Misbehaviour.Result(JsonNodeFactory.instance.objectNode()
        .put("storageHash", "0x" + (changed ? "b" : "a").repeat(64)));
  }
}
