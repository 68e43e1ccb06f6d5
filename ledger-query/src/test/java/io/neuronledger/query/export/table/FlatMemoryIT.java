package io.neuronledger.query.export.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.foundation.problem.answer.AnswerJson;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import io.neuronledger.query.fixture.PeakMemory;
import io.neuronledger.testkit.servers.JavaCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The memory of a writer does not depend on the number of rows. Its peak is printed. */
class FlatMemoryIT {
  /** More than a sheet has. */
  private static final int ROWS = 1_100_000;
  private static final int FEWER_ROWS = ROWS / 10;
  /** Less than a fifth of what the cells of so many rows take. */
  private static final int HEAP_MEGABYTES = 40;

  /** A line of a list. */
  record Line(String text, NeuronSum fee, long count) {}

  /** Writes so many rows to nowhere. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      RowWriter rows = RowWriter.of(ExportView.Format.valueOf(arguments[0]), Line.class, AnswerUnit.ZERO_G,
          new AnswerJson(TopicJson.MAPPER), OutputStream.nullOutputStream());
      int count = Integer.parseInt(arguments[1]);
      for (int i = 0; i < count; i++) {
        rows.row(new Line("a text of its own " + i, new NeuronSum(BigInteger.valueOf(i).shiftLeft(60)), i));
      }
      rows.end();
      System.out.printf("%s, %,d rows: peak memory of the process %s%n", arguments[0], count, PeakMemory.text());
    }
  }

  @ParameterizedTest
  @EnumSource(ExportView.Format.class)
  void more_than_a_million_rows_are_written_in_little_memory(ExportView.Format format)
      throws IOException, InterruptedException {
    for (int count : List.of(FEWER_ROWS, ROWS)) {
      List<String> command = JavaCommand.shortLived(HEAP_MEGABYTES);
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Writer.class.getName(), format.name(),
          String.valueOf(count)));
      assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
  }
}
