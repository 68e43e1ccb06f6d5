package io.neuronledger.local.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Both recorded traces through indexer, Kafka, aggregates and projections, to the API's answers. */
class VerifyTraceIT {
  @ParameterizedTest
  @CsvSource({"21,false", "22,false", "21,true", "22,true"})
  void every_answer_equals_the_contracts_state(int number, boolean withoutTraces) {
    StringWriter text = new StringWriter();
    CommandLine command = new CommandLine(new VerifyTrace()).setOut(new PrintWriter(text));
    String file = "src/test/resources/golden/trace-" + number + ".json.gz";
    int exitCode = withoutTraces ? command.execute("--without-traces", file) : command.execute(file);
    assertThat(text.toString()).contains("mismatches 0, discrepancies 0: equal");
    assertThat(exitCode).isEqualTo(0);
  }
}
