package io.neuronledger.indexer.decode.zerog;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.indexer.rpc.call.RpcFailure;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.TraceNode;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import io.neuronledger.testkit.trace.simulation.RandomOperations;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each request goes to another machine behind a load balancer, and every fourth machine lags: blocks, receipts, states,
 * balances and traces come from machines that do not all have the block. The published events are the usual ones, or
 * none.
 */
class LaggingMachinesIT {
  private static final int TRIES_MAX = 20_000;

  @ParameterizedTest
  @EnumSource(value = TraceSwitches.Traces.class, names = {"CALL_TRACER", "PARITY"})
  void the_published_events_are_the_true_ones(TraceSwitches.Traces traces) {
    for (long seed = 21; seed < 24; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Trace trace = RandomOperations.trace(seed, 80);
      TraceSwitches switches = TraceSwitches.ALL.with(traces);
      long start = trace.transactions().getFirst().block();
      try (TraceNode node = TraceNode.start(trace, switches);
          DecodedTrace decoded = TraceChecks.decoded(trace, node, start)) {
        decoded.readTo(start, 1);
        node.lags(() -> random.nextInt(4) == 0 ? random.nextLong(1, 5) : 0);
        int failures = 0;
        while (decoded.next() <= node.last()) {
          failures += readsOn(decoded, Math.min(node.last(), decoded.next() + random.nextLong(6))) ? 0 : 1;
          assertThat(failures).isLessThan(TRIES_MAX);
        }
        assertThat(failures).as("the lag was noticed").isPositive();
        TraceChecks.compare(trace, decoded.facts(), switches, start);
      }
    }
  }

  private static boolean readsOn(DecodedTrace decoded, long to) {
    try {
      decoded.readTo(to, 6);
      return true;
    } catch (RpcFailure failure) {
      return false;
    }
  }
}
