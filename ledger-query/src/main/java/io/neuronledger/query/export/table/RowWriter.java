package io.neuronledger.query.export.table;

import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.foundation.problem.answer.AnswerJson;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes the rows of one list in one format, each at once: it keeps none of them. */
public interface RowWriter {
  /**
   * Writes one line of the list.
   *
   * @throws io.neuronledger.foundation.problem.Refusal for a row that the format cannot hold
   */
  void row(Object line) throws IOException;

  /** Writes what comes after the last row; the stream stays open. */
  void end() throws IOException;

  /**
   * Begins a content.
   *
   * @param line the record of the list's lines
   * @param unit in a workbook, amounts are in 0G too in any case
   * @param out its end is the end of the content; the writer does not close it
   */
  static RowWriter of(ExportView.Format format, Class<?> line, AnswerUnit unit, AnswerJson json, OutputStream out) {
    return switch (format) {
      case CSV -> new CsvRows(columns(line, unit), json.in(unit), out);
      case NDJSON -> new JsonRows(json.in(unit), out);
      case XLSX -> new WorkbookRows(columns(line, AnswerUnit.ZERO_G), json.in(AnswerUnit.ZERO_G), out);
    };
  }

  private static List<Column> columns(Class<?> line, AnswerUnit unit) {
    return Columns.of(line, unit == AnswerUnit.ZERO_G);
  }
}
