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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a spreadsheet reads and writes again is what was exported: neuron and text to the byte. It needs LibreOffice
 * Calc ({@code libreoffice-calc-nogui} of Debian), and fails without it.
 */
class LibreOfficeIT {
  private static final List<String> AMOUNTS = List.of("0", "1", "7500000000000000150", "-10265012345319898001",
      "115792089237316195423570985008687907853269984665640564039457584007913129639935");
  /** Providers choose texts; spreadsheets run some, and take others for numbers, dates and truths. */
  private static final List<String> TEXTS = List.of("=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''", "007", "1e5", "1/2",
      "2026-11-01", "true", "1,5", "a\"b", "a;b", "_x0041_", "<a>&amp;", "#REF!", "=HYPERLINK(\"http://x\",1)",
      "0x10", "\u20ac\ud83d\ude00");
  private static final int SECONDS_MAX = 120;
  /** Of LibreOffice: comma, quotes, UTF-8, first line 1; then quoted fields as text, and no detection of numbers. */
  private static final String READ = "CSV:44,34,76,1,,0,true,false";
  /** The same; text is quoted, and cells are written as they are stored and not as they are shown. */
  private static final String WRITTEN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false";

  @TempDir
  private static Path folder;

  /** A line of a list. */
  record Line(String text, NeuronSum fee, long count) {}

  private static List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      lines.add(new Line(TEXTS.get(i), new NeuronSum(new BigInteger(AMOUNTS.get(i % AMOUNTS.size()))), i));
    }
    return lines;
  }

  private static Path export(ExportView.Format format, String name) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      RowWriter rows = RowWriter.of(format, Line.class, AnswerUnit.NEURON, new AnswerJson(TopicJson.MAPPER), out);
      for (Line line : lines()) {
        rows.row(line);
      }
      rows.end();
    }
    return file;
  }

  /** @param into the form that is written, with the options of its filter */
  private static Path converted(Path file, String into, String to, String... more)
      throws IOException, InterruptedException {
    Path target = Files.createTempDirectory(folder, "converted-");
    List<String> command = new ArrayList<>(List.of("soffice", "-env:UserInstallation="
        + folder.resolve("profile").toUri(), "--headless", "--norestore"));
    command.addAll(List.of(more));
    command.addAll(List.of("--convert-to", into, "--outdir", target.toString(), file.toString()));
    assertThat(started(command).waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    Path found = target.resolve(file.getFileName().toString().replaceAll("\\.\\w+$", "." + to));
    assertThat(found).as(Files.readString(folder.resolve("soffice.log"))).exists();
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
    Path csv = converted(export(ExportView.Format.XLSX, "lines.xlsx"), WRITTEN, "csv");
    List<List<String>> rows = rows(csv);
    assertThat(rows.getFirst()).startsWith("text", "fee").element(2).asString().contains("15th digit");
    for (int i = 0; i < lines().size(); i++) {
      Line line = lines().get(i);
      List<String> row = rows.get(i + 1);
      assertThat(row.get(0)).isEqualTo(line.text());
      assertThat(row.get(1)).isEqualTo(line.fee().toString());
      BigDecimal exact = new BigDecimal(line.fee().toZeroG());
      assertThat(new BigDecimal(row.get(2)).subtract(exact).abs())
          .isLessThanOrEqualTo(exact.abs().movePointLeft(14));
      assertThat(row.get(3)).isEqualTo(String.valueOf(line.count()));
    }
    assertThat(rows).hasSize(lines().size() + 1);
  }

  @Test
  void a_csv_that_is_read_with_quoted_fields_as_text_is_written_again_to_the_byte()
      throws IOException, InterruptedException {
    Path csv = export(ExportView.Format.CSV, "given.csv");
    Path workbook = converted(csv, "xlsx", "xlsx", "--infilter=" + READ);
    List<List<String>> again = rows(converted(workbook, WRITTEN, "csv"));
    List<List<String>> given = rows(csv);
    assertThat(again).hasSameSizeAs(given);
    for (int i = 0; i < given.size(); i++) {
      assertThat(again.get(i).get(1)).isEqualTo(given.get(i).get(1));
    }
  }

  /** RFC 4180. */
  private static List<List<String>> rows(Path csv) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    String text = Files.readString(csv, StandardCharsets.UTF_8).replace("\r\n", "\n");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        row.add(cell.toString());
        cell.setLength(0);
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
