package io.neuronledger.cli.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private final Results results = new Results();

  private String line(String beginning) {
    StringWriter text = new StringWriter();
    new ResultTable(results).print(new PrintWriter(text, true));
    return text.toString().lines().map(line -> line.strip().replaceAll(" +", " "))
        .filter(line -> line.startsWith(beginning)).findFirst().orElseThrow();
  }

  private void run(Figure... figures) {
    results.add("a workload", List.of(figures));
  }

  @Test
  void a_rate_has_its_median_min_max_and_the_ratio_to_each_reference() {
    for (double rate : new double[] {9_000, 30_000, 12_000}) {
      run(Figure.of(Stage.INTAKE, "", Unit.EVENTS_PER_SECOND, rate),
          Figure.of(Stage.STOCK, "", Unit.EVENTS_PER_SECOND, 3_000),
          Figure.of(Stage.COPY, "", Unit.EVENTS_PER_SECOND, 48_000));
    }
    assertThat(line("intake")).isEqualTo(
        "intake Kafka -> event store 12,000 9,000 30,000 events/s 4.00 x stock, 0.25 x copy");
    assertThat(line("stock")).endsWith("3,000 3,000 3,000 events/s");
  }

  @Test
  void ratios_are_of_one_workload() {
    run(Figure.of(Stage.INDEX, "", Unit.EVENTS_PER_SECOND, 10));
    results.add("another workload", List.of(Figure.of(Stage.STOCK, "", Unit.EVENTS_PER_SECOND, 5)));
    assertThat(line("index")).endsWith("events/s");
  }

  @Test
  void what_was_measured_without_credentials_too_has_the_ratio_to_it() {
    run(Figure.of(Stage.READ, "", Unit.READS_PER_SECOND, 9), Figure.of(Stage.READ, "CPU", Unit.CPU_PER_READ, 33));
    results.add(Results.withoutCredentials("a workload"), List.of(Figure.of(Stage.READ, "", Unit.READS_PER_SECOND, 10),
        Figure.of(Stage.READ, "CPU", Unit.CPU_PER_READ, 30)));
    assertThat(line("read GET")).endsWith("9 9 9 reads/s 0.90 x without credentials");
    assertThat(line("read CPU")).endsWith("33.0 33.0 33.0 µs/read 1.10 x without credentials");
  }

  @Test
  void the_longest_name_of_a_stage_is_apart_from_what_it_measures() {
    run(Figure.of(Stage.SUBSCRIPTIONS, "1 client, p99 beside none", Unit.RATIO, 1.25));
    assertThat(line("subscriptions")).startsWith("subscriptions GET beside subscriptions, 1 client, p99 beside none ");
  }

  @Test
  void what_the_system_does_not_report_is_unknown() {
    run(new Figure(Stage.WHOLE, "peak memory of Kafka", Unit.MEGABYTES, OptionalDouble.empty()));
    assertThat(line("whole")).isEqualTo("whole peak memory of Kafka unknown unknown unknown MB");
  }
}
