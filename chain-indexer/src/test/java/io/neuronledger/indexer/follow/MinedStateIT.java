package io.neuronledger.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.indexer.decode.zerog.ZeroGFamily;
import io.neuronledger.indexer.decode.zerog.replay.Implementations;
import io.neuronledger.indexer.follow.FollowerFixture.Settings;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import io.neuronledger.testkit.devchain.proxy.NodeProxy;
import io.neuronledger.testkit.trace.node.TraceNode;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import io.neuronledger.testkit.trace.simulation.Operation;
import io.neuronledger.testkit.trace.simulation.Simulation;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A node that answers for the newest block's balance with that of the pending block. */
class MinedStateIT {
  private static final BigInteger TEN = BigInteger.TEN.pow(19);

  private final Simulation simulation = new Simulation(100);
  private final AtomicBoolean armed = new AtomicBoolean();

  @Test
  void a_balance_that_is_another_one_when_asked_again_is_no_surplus() {
    for (int i = 1; i <= 5; i++) {
      simulation.direct(Simulation.wallet(i), new Operation.Deposit(TEN));
      simulation.nextBlock();
    }
    simulation.direct(Simulation.wallet(6), new Operation.Deposit(TEN));
    try (TraceNode node = TraceNode.start(simulation.trace(), TraceSwitches.ALL);
        NodeProxy proxy = new NodeProxy(node.url(), this::alter);
        FollowerFixture follower = new FollowerFixture(family(), Settings.of(Simulation.MANAGER, 101), proxy.url())) {
      node.advanceTo(node.last() - 2);
      follower.followTo(node.last() - 2);
      armed.set(true);
      node.advanceTo(node.last() - 1);
      assertThatThrownBy(() -> follower.followTo(node.last() - 1)).isInstanceOf(RpcFailure.class)
          .hasMessageContaining("when asked again");
      follower.followTo(node.last() - 1);
      node.advanceTo(node.last());
      follower.followTo(node.last());
      assertThat(follower.records()).as("nothing was in doubt, and compared for it")
          .noneMatch(each -> each.event() instanceof ChainEvent.ReconciliationEnded);
    }
  }

  /** Once it is armed, the next balance is one neuron too much. */
  private NodeProxy.Answer alter(JsonNode request, JsonNode answer) {
    for (int i = 0; request.isArray() && i < request.size(); i++) {
      if (request.get(i).path("method").asString().equals("eth_getBalance") && armed.compareAndSet(true, false)) {
        for (JsonNode each : answer) {
          if (each.path("id").equals(request.get(i).path("id"))) {
            BigInteger right = new BigInteger(each.path("result").asString().substring(2), 16);
            ((ObjectNode) each).put("result", "0x" + right.add(BigInteger.ONE).toString(16));
          }
        }
      }
    }
    return NodeProxy.Answer.of(answer);
  }

  private static ZeroGFamily family() {
    return new ZeroGFamily(Simulation.MANAGER,
        new Implementations(Set.of(Simulation.MANAGER, Simulation.INFERENCE, Simulation.FINE_TUNING), false),
        Optional.empty());
  }
}
