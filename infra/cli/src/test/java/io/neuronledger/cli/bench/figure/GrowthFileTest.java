package io.neuronledger.cli.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthFileTest {
  private static GrowthFile.Row row(long events, double rate) {
    Results results = new Results();
    results.add("a workload", List.of(Figure.of(Stage.WHOLE, "", Unit.EVENTS_PER_SECOND, rate),
        new Figure(Stage.WHOLE, "peak memory of Kafka", Unit.MEGABYTES, OptionalDouble.empty())));
    return new GrowthFile.Row(events, events / 10, Instant.parse("2026-01-01T00:00:00Z"), Machine.current(),
        results.rows());
  }

  @Test
  void measured_rows_are_found_again_after_a_restart(@TempDir Path folder) {
    Path file = folder.resolve("growth.json");
    assertThat(GrowthFile.open(file).rows()).isEmpty();
    GrowthFile.open(file).add(row(100, 7));
    GrowthFile.open(file).add(row(1_000, 6.5));

    GrowthFile again = GrowthFile.open(file);
    assertThat(again.rows()).containsExactly(row(100, 7), row(1_000, 6.5));
    assertThat(again.find(1_000, 100)).contains(row(1_000, 6.5));
    assertThat(again.find(1_000, 10)).isEmpty();
    assertThat(again.find(10_000, 1_000)).isEmpty();
  }

  @Test
  void a_row_that_was_not_written_whole_does_not_harm_the_others(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("growth.json");
    GrowthFile.open(file).add(row(100, 7));
    Files.writeString(folder.resolve("growth.json.new"), "[ {");
    assertThat(GrowthFile.open(file).rows()).containsExactly(row(100, 7));
  }

  @Test
  void the_table_has_a_column_for_each_number_of_events() {
    StringWriter text = new StringWriter();
    new GrowthTable(List.of(row(100_000, 7_000), row(1_000_000, 6_500))).print(new PrintWriter(text, true));
    assertThat(text.toString().lines().map(line -> line.strip().replaceAll(" +", " "))).contains(
        "events 100,000 1,000,000",
        "whole chain -> HTTP answer, the three jars as processes 7,000 6,500 events/s",
        "whole peak memory of Kafka unknown unknown MB");
  }
}
