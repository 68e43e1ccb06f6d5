package io.neuronledger.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.TraceFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Both recorded traces through indexer, Kafka, aggregates and projections, to the API's answers. */
class VerifyTraceIT {
  private static String verify(String... arguments) {
    StringWriter text = new StringWriter();
    int exitCode = new CommandLine(new VerifyTrace()).setOut(new PrintWriter(text)).execute(arguments);
    assertThat(text.toString()).contains("mismatches 0, discrepancies 0: equal");
    assertThat(exitCode).isZero();
    return text.toString();
  }

  private static String golden(int number) {
    return "../testkit/trace-node/src/main/resources/golden/trace-" + number + ".json.gz";
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 22})
  void every_answer_equals_the_contracts_state(int number) {
    assertThat(verify(golden(number)))
        .containsPattern("entries by evidence \\{log=\\d+, time=\\d+, trace=\\d+, transaction=\\d+}");
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 22})
  void it_equals_without_traces_and_marks_entries_found_by_comparison(int number) {
    assertThat(verify("--without-traces", golden(number)))
        .containsPattern("entries by evidence \\{log=\\d+, snapshot=\\d+, time=\\d+, transaction=\\d+}");
  }

  @Test
  void a_start_in_the_middle_begins_with_a_snapshot() {
    Trace trace = TraceFile.read(Path.of(golden(22)));
    long middle = trace.transactions().get(trace.transactions().size() / 2).block();
    assertThat(verify("--from-block", String.valueOf(middle), golden(22)))
        .containsPattern("entries by evidence \\{log=\\d+, snapshot=\\d+, time=\\d+, trace=\\d+, transaction=\\d+}");
  }
}
