package io.neuronledger.query.export.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.foundation.problem.answer.AnswerJson;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a spreadsheet reads and writes again is what was exported, of every list and in every column: neuron and text to
 * the byte, and no text is run. It needs LibreOffice Calc ({@code libreoffice-calc-nogui} of Debian), and fails without
 * it.
 */
class LibreOfficeIT {
  private static final List<String> AMOUNTS = List.of("0", "1", "7500000000000000150", "-10265012345319898001",
      "115792089237316195423570985008687907853269984665640564039457584007913129639935");
  private static final List<String> COUNTS = List.of("0", "7", "999999999999999");
  /** Providers choose texts; spreadsheets run some, and take others for numbers, dates and truths. */
  private static final List<String> TEXTS = List.of("=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''", "007", "1e5", "1/2",
      "2026-11-01", "true", "1,5", "a\"b", "a;b", "_x0041_", "<a>&amp;", "#REF!", "=HYPERLINK(\"http://x\",1)",
      "0x10", "\u20ac\ud83d\ude00", "2026-11-01T00:00:00Z", "1 000", "50%");
  private static final String RUN = "=+-@'";
  private static final int DIGITS = 15;
  private static final int SECONDS_MAX = 240;
  /** Of LibreOffice: comma, quotes, UTF-8, first line 1; then quoted fields as text, and no detection of numbers. */
  private static final String READ = "CSV:44,34,76,1,,0,true,false";
  /** Nothing is text by its quotes, numbers are detected, and formulas are run. */
  private static final String READ_AND_RUN = "CSV:44,34,76,1,,0,false,true,false,false,false,0,true";
  /** The same; text is quoted, and cells are written as they are stored and not as they are shown. */
  private static final String WRITTEN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false";

  @TempDir
  private static Path folder;

  /** @param isText whether it was quoted: LibreOffice quotes text, and nothing else */
  private record Cell(String text, boolean isText) {}

  /** A list's rows, of which each kind of column has all of its values. */
  private record Table(String name, Class<?> line, List<Column> columns, List<ObjectNode> rows) {
    private static Table of(String schema, Class<?> line) {
      List<Column> columns = Columns.of(line, true);
      List<ObjectNode> rows = new ArrayList<>();
      for (int row = 0; row < TEXTS.size(); row++) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
          put(object, columns.get(i), row + i);
        }
        rows.add(object);
      }
      return new Table(schema.replaceAll("\\W", "_"), line, columns, rows);
    }

    private static void put(ObjectNode object, Column column, int which) {
      ObjectNode parent = object;
      for (String each : column.path().subList(0, column.path().size() - 1)) {
        parent = parent.withObjectProperty(each);
      }
      String name = column.path().getLast();
      switch (column.kind()) {
        case TEXT -> parent.put(name, one(TEXTS, which));
        case AMOUNT -> parent.put(name, one(AMOUNTS, which));
        // The amount is in the column before.
        case ZERO_G -> parent.put(name, new NeuronSum(new BigInteger(one(AMOUNTS, which - 1))).toZeroG());
        case NUMBER -> parent.put(name, Long.parseLong(one(COUNTS, which)));
        case JSON -> parent.putArray(name).add(one(TEXTS, which));
      }
    }

    private static String one(List<String> values, int which) {
      return values.get(which % values.size());
    }

    private Path export(ExportView.Format format) throws IOException {
      Path file = folder.resolve(name + "." + format.name().toLowerCase(Locale.ROOT));
      try (OutputStream out = Files.newOutputStream(file)) {
        RowWriter writer = RowWriter.of(format, line, AnswerUnit.ZERO_G, new AnswerJson(TopicJson.MAPPER), out);
        for (ObjectNode each : rows) {
          writer.row(each);
        }
        writer.end();
      }
      return file;
    }

    private String value(int row, int column) {
      return new Cells(rows.get(row)).of(columns).get(column);
    }
  }

  private static List<Table> tables() {
    Map<String, Class<?>> lines = new TreeMap<>(ColumnsTest.LINES);
    lines.put("Report", reportLine());
    return lines.entrySet().stream().map(each -> Table.of(each.getKey(), each.getValue())).toList();
  }

  /** The line of the settlement report, which is of another package. */
  private static Class<?> reportLine() {
    try {
      return Class.forName("io.neuronledger.query.settlement.period.ReportLine");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> exports(List<Table> tables, ExportView.Format format) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Table each : tables) {
      files.add(each.export(format));
    }
    return files;
  }

  /** @param into the form that is written, with the options of its filter */
  private static List<Path> converted(List<Path> files, String into, String to, String... more)
      throws IOException, InterruptedException {
    Path target = Files.createTempDirectory(folder, "converted-");
    List<String> command = new ArrayList<>(List.of("soffice", "-env:UserInstallation="
        + folder.resolve("profile").toUri(), "--headless", "--norestore"));
    command.addAll(List.of(more));
    command.addAll(List.of("--convert-to", into, "--outdir", target.toString()));
    files.forEach(each -> command.add(each.toString()));
    assertThat(started(command).waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    List<Path> found = files.stream()
        .map(each -> target.resolve(each.getFileName().toString().replaceAll("\\.\\w+$", "." + to))).toList();
    assertThat(found).as(Files.readString(folder.resolve("soffice.log"))).allMatch(Files::exists);
    return found;
  }

  private static Process started(List<String> command) {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(folder.resolve("soffice.log").toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException("LibreOffice Calc is needed, a package of Debian and Ubuntu: apt-get install"
          + " --no-install-recommends libreoffice-calc-nogui", e);
    }
  }

  @Test
  void a_workbook_keeps_text_and_neuron_to_the_byte() throws IOException, InterruptedException {
    List<Table> tables = tables();
    List<Path> again = converted(exports(tables, ExportView.Format.XLSX), WRITTEN, "csv");
    for (int i = 0; i < tables.size(); i++) {
      Table table = tables.get(i);
      List<List<Cell>> cells = cells(again.get(i));
      assertThat(cells).hasSize(table.rows().size() + 1);
      for (int column = 0; column < table.columns().size(); column++) {
        String name = table.columns().get(column).name();
        boolean isZeroG = table.columns().get(column).kind() == Column.Kind.ZERO_G;
        assertThat(cells.getFirst().get(column).text()).as(table.name()).isEqualTo(
            isZeroG ? name + " (a number: it may differ beyond the 15th digit)" : name);
        for (int row = 0; row < table.rows().size(); row++) {
          requireKept(table, row, column, table.value(row, column), cells.get(row + 1).get(column));
        }
      }
    }
  }

  @Test
  void a_csv_that_is_read_with_quoted_fields_as_text_is_written_again_to_the_byte()
      throws IOException, InterruptedException {
    List<Table> tables = tables();
    List<Path> given = exports(tables, ExportView.Format.CSV);
    List<Path> workbooks = converted(given, "xlsx", "xlsx", "--infilter=" + READ);
    List<Path> again = converted(workbooks, WRITTEN, "csv");
    for (int i = 0; i < tables.size(); i++) {
      Table table = tables.get(i);
      List<List<Cell>> cells = cells(again.get(i));
      List<List<Cell>> before = cells(given.get(i));
      assertThat(cells).hasSameSizeAs(before);
      assertThat(cells.getFirst()).extracting(Cell::text)
          .isEqualTo(table.columns().stream().map(Column::name).toList());
      for (int row = 0; row < table.rows().size(); row++) {
        for (int column = 0; column < table.columns().size(); column++) {
          requireKept(table, row, column, before.get(row + 1).get(column).text(), cells.get(row + 1).get(column));
        }
      }
    }
  }

  /** Also where the spreadsheet is asked to run what it can: the apostrophe keeps it from that. */
  @Test
  void a_csv_has_no_text_that_a_spreadsheet_runs() throws IOException, InterruptedException {
    List<Table> tables = tables();
    List<Path> read = converted(exports(tables, ExportView.Format.CSV), WRITTEN, "csv",
        "--infilter=" + READ_AND_RUN);
    for (int i = 0; i < tables.size(); i++) {
      Table table = tables.get(i);
      List<List<Cell>> cells = cells(read.get(i));
      for (int row = 0; row < table.rows().size(); row++) {
        for (int column = 0; column < table.columns().size(); column++) {
          String value = table.value(row, column);
          if (table.columns().get(column).kind() == Column.Kind.TEXT && RUN.indexOf(value.charAt(0)) >= 0) {
            assertThat(cells.get(row + 1).get(column)).as(table.name()).isEqualTo(new Cell("'" + value, true));
          }
        }
      }
    }
  }

  /** Text and neuron are text, to the byte; counts and 0G are numbers, these as far as a spreadsheet has digits. */
  private static void requireKept(Table table, int row, int column, String given, Cell kept) {
    String where = table.name() + ", row " + row + ", " + table.columns().get(column).name();
    switch (table.columns().get(column).kind()) {
      case TEXT, AMOUNT, JSON -> assertThat(kept).as(where).isEqualTo(new Cell(given, true));
      case NUMBER -> assertThat(kept).as(where).isEqualTo(new Cell(given, false));
      case ZERO_G -> {
        assertThat(kept.isText()).as(where).isFalse();
        BigDecimal exact = new BigDecimal(given);
        assertThat(new BigDecimal(kept.text()).subtract(exact).abs()).as(where)
            .isLessThanOrEqualTo(exact.abs().movePointLeft(DIGITS - 1));
      }
    }
  }

  /** RFC 4180. */
  private static List<List<Cell>> cells(Path csv) throws IOException {
    List<List<Cell>> rows = new ArrayList<>();
    List<Cell> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    boolean wasQuoted = false;
    String text = Files.readString(csv, StandardCharsets.UTF_8).replace("\r\n", "\n");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
        wasQuoted = true;
      } else if (!quoted && (c == ',' || c == '\n')) {
        row.add(new Cell(cell.toString(), wasQuoted));
        cell.setLength(0);
        wasQuoted = false;
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else {
        cell.append(c);
      }
    }
    return rows;
  }
}
