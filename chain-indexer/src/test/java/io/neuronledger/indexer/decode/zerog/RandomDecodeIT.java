package io.neuronledger.indexer.decode.zerog;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import io.neuronledger.testkit.trace.simulation.RandomOperations;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The decoder alone, on random histories with everything that the recorded ones lack. The seed reproduces a history;
 * {@code -Dtrace.seeds=N} tries the seeds from 1 to N.
 */
class RandomDecodeIT {
  private static final int TRANSACTIONS = 150;
  private static final long SEEDS = 4;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("trace.seeds", SEEDS));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void traced_histories_decode_exactly(long seed) {
    Trace trace = RandomOperations.trace(seed, TRANSACTIONS);
    for (TraceSwitches.Traces traces : Set.of(TraceSwitches.Traces.CALL_TRACER,
        TraceSwitches.Traces.CALL_TRACER_WITHOUT_LOGS, TraceSwitches.Traces.PARITY)) {
      TraceChecks.check(trace, TraceSwitches.ALL.with(traces), (int) (seed % 9 + 1));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void untraced_changes_are_found_by_comparing_states(long seed) {
    TraceChecks.check(RandomOperations.trace(seed, TRANSACTIONS),
        TraceSwitches.ALL.with(TraceSwitches.Traces.NONE), (int) (seed % 9 + 1));
  }

  @Test
  void the_histories_hold_every_kind_of_event() {
    Set<String> kinds = new TreeSet<>();
    seeds().forEach(seed -> TraceChecks.check(RandomOperations.trace(seed, TRANSACTIONS), TraceSwitches.ALL, 50)
        .forEach(fact -> kinds.add(fact.event().getClass().getSimpleName())));
    assertThat(kinds).containsExactlyInAnyOrder(ChainEvent.Deposit.class.getSimpleName(), "Transfer", "RefundRequested",
        "Settled", "SettlementRejected", "Withdraw", "SubAccountClosed", "LedgerClosed", "ProviderAcknowledged",
        "ServiceRegistered", "LockPeriodSet");
  }
}
