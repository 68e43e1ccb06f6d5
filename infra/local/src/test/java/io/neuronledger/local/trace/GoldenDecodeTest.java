package io.neuronledger.local.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.local.trace.node.TraceSwitches;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoder alone, on what was recorded of the real contracts. */
class GoldenDecodeTest {
  private static Trace golden(int number) {
    return TraceFile.read(Path.of("src/test/resources/golden/trace-" + number + ".json.gz"));
  }

  @ParameterizedTest
  @EnumSource
  void every_transaction_of_both_traces_leaves_the_contracts_state(TraceSwitches.Traces traces) {
    for (int number : new int[] {21, 22}) {
      Trace trace = golden(number);
      for (int blocksPerStep : new int[] {1, 7, 1000}) {
        List<DecodedTrace.Fact> facts = TraceChecks.check(trace, TraceSwitches.ALL.with(traces), blocksPerStep);
        assertThat(facts.stream().map(fact -> fact.reading().evidence()).filter(Evidence.Snapshot.class::isInstance)
            .filter(evidence -> ((Evidence.Snapshot) evidence).toBlock() >= trace.transactions().getFirst().block())
            .findFirst().isPresent()).as("told by comparing states").isEqualTo(traces == TraceSwitches.Traces.NONE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 22})
  void a_chain_without_blooms_is_told_the_same(int number) {
    assertThat(TraceChecks.check(golden(number), TraceSwitches.ALL.withEmptyBlooms(), 10))
        .isEqualTo(TraceChecks.check(golden(number), TraceSwitches.ALL, 10));
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 22})
  void a_start_in_the_middle_begins_with_the_state_of_the_block_before(int number) {
    Trace trace = golden(number);
    for (int part = 1; part < 4; part++) {
      long start = trace.transactions().get(part * trace.transactions().size() / 4).block();
      TraceChecks.check(trace, TraceSwitches.ALL, 20, start);
    }
  }
}
