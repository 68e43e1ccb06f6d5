package io.neuronledger.query.export.table;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.query.export.CsvWriter;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** CSV with a header line. */
final class CsvRows implements RowWriter {
  private final List<Column> columns;
  private final JsonMapper json;
  private final CsvWriter csv;

  CsvRows(List<Column> columns, JsonMapper json, OutputStream out) {
    this.columns = columns;
    this.json = json;
    this.csv = new CsvWriter(out).header(columns.stream().map(Column::name).toList());
  }

  @Override
  public void row(Object line) {
    List<String> cells = new Cells(json.valueToTree(line)).of(columns);
    Object[] values = new Object[cells.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(columns.get(i), cells.get(i));
    }
    csv.row(values);
  }

  private static Object value(Column column, String text) {
    if (text.isEmpty()) {
      return text;
    }
    return switch (column.kind()) {
      case TEXT, JSON -> text;
      case NUMBER, ZERO_G -> new BigDecimal(text);
      case AMOUNT -> new NeuronSum(new BigInteger(text));
    };
  }

  @Override
  public void end() {}
}
