package io.neuronledger.query.export.table;

import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import tools.jackson.databind.json.JsonMapper;

/**
 * A workbook (XLSX). Each sheet has the header, and as many rows as a spreadsheet takes; further rows are in further
 * sheets. Text is a cell of text, which no spreadsheet runs or reckons with; amounts in neuron are text, and beside
 * each is the same in 0G as a number, for adding up.
 */
final class WorkbookRows implements RowWriter {
  /** Of a sheet, with its header: what spreadsheets read. */
  static final int ROWS_MAX = 1_048_576;
  /** Of a cell: what spreadsheets read. */
  static final int CELL_MAX = 32_767;
  /** A spreadsheet keeps 15 digits of a number; a longer count is text. */
  private static final int DIGITS_MAX = 15;
  private static final int ROWS_AT_ONCE = 100;
  private static final String APPLICATION = "neuron-ledger";
  private static final String VERSION = "01.0000";
  /** What XML cannot hold, and what already looks like the form in which a workbook holds it. */
  private static final Pattern ESCAPED = Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0d\\x0e-\\x1f\\ufffe\\uffff]"
      + "|_(?=x[0-9A-Fa-f]{4}_)");

  private final List<Column> columns;
  private final JsonMapper json;
  private final Workbook workbook;
  private final int rowsMax;
  private Worksheet sheet;
  private int sheets = 1;
  private int next;
  private long written;

  WorkbookRows(List<Column> columns, JsonMapper json, OutputStream out) {
    this(columns, json, out, ROWS_MAX);
  }

  /** @param rowsMax the most rows of a sheet, with its header; 2 or more */
  WorkbookRows(List<Column> columns, JsonMapper json, OutputStream out, int rowsMax) {
    this.columns = columns;
    this.json = json;
    this.rowsMax = rowsMax;
    this.workbook = new Workbook(out, APPLICATION, VERSION);
    this.sheet = begun();
  }

  private Worksheet begun() {
    Worksheet begun = workbook.newWorksheet("rows " + sheets);
    for (int i = 0; i < columns.size(); i++) {
      begun.inlineString(0, i, header(columns.get(i)));
    }
    next = 1;
    return begun;
  }

  private static String header(Column column) {
    return column.kind() == Column.Kind.ZERO_G
        ? column.name() + " (a number: it may differ beyond the 15th digit)" : column.name();
  }

  @Override
  public void row(Object line) throws IOException {
    if (next == rowsMax) {
      sheet.finish();
      sheets++;
      sheet = begun();
    }
    List<String> cells = new Cells(json.valueToTree(line)).of(columns);
    for (int i = 0; i < cells.size(); i++) {
      write(columns.get(i), i, cells.get(i));
    }
    next++;
    written++;
    if (next % ROWS_AT_ONCE == 0) {
      sheet.flush();
    }
  }

  private void write(Column column, int index, String text) {
    if (text.isEmpty()) {
      return;
    }
    switch (column.kind()) {
      case ZERO_G -> sheet.value(next, index, new BigDecimal(text));
      case NUMBER -> {
        if (text.length() <= DIGITS_MAX) {
          sheet.value(next, index, new BigDecimal(text));
        } else {
          sheet.inlineString(next, index, text);
        }
      }
      case TEXT, AMOUNT, JSON -> {
        if (text.length() > CELL_MAX) {
          throw new Refusal(ProblemCode.TOO_MUCH_AT_ONCE, "a cell of a workbook has at most " + CELL_MAX
              + " characters, but " + column.name() + " of row " + (written + 1) + " has " + text.length()
              + ": export as csv or ndjson");
        }
        sheet.inlineString(next, index, escaped(text));
      }
    }
  }

  /** Control characters as {@code _x0001_}, the form of the workbook's standard (ECMA-376, ST_Xstring). */
  private static String escaped(String text) {
    return ESCAPED.matcher(text).replaceAll(found -> "_x" + String.format(Locale.ROOT, "%04X",
        (int) found.group().charAt(0)) + "_");
  }

  @Override
  public void end() throws IOException {
    sheet.finish();
    workbook.finish();
  }
}
