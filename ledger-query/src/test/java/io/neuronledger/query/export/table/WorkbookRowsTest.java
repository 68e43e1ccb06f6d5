package io.neuronledger.query.export.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.answer.AnswerJson;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class WorkbookRowsTest {
  private static final JsonMapper JSON = new AnswerJson(TopicJson.MAPPER).in(AnswerUnit.ZERO_G);

  @TempDir
  private static Path folder;

  /** A line of a list. */
  record Line(String name, NeuronSum fee, long count) {}

  @Test
  void neuron_is_text_and_0g_beside_it_a_number() throws IOException {
    String sheet = sheet(new Line("a", new NeuronSum(new BigInteger("10265012345319898001")), 7));
    assertThat(sheet).contains("<t>fee</t>", "<t>fee_0g (a number: it may differ beyond the 15th digit)</t>",
        "<t>10265012345319898001</t>", "<v>10.265012345319898001</v>", "<v>7</v>");
  }

  @Test
  void a_count_of_more_than_15_digits_is_text() throws IOException {
    assertThat(sheet(new Line("a", NeuronSum.ZERO, 999_999_999_999_999L))).contains("<v>999999999999999</v>");
    assertThat(sheet(new Line("a", NeuronSum.ZERO, 1_000_000_000_000_000L))).contains("<t>1000000000000000</t>");
  }

  /** The escapes are those of the workbook's standard; text that looks like one is escaped too. */
  @ParameterizedTest
  @CsvSource(quoteCharacter = '|', value = {"=1+1,=1+1", "+1,+1", "-1,-1", "@A1,@A1", "'a,&apos;a",
      "_x0041_,_x005F_x0041_", "_x41_,_x41_", "<a>&,&lt;a&gt;&amp;"})
  void text_is_kept_as_it_is(String text, String stored) throws IOException {
    assertThat(sheet(new Line(text, NeuronSum.ZERO, 1)).replace("&#39;", "&apos;"))
        .containsPattern("<t[^>]*>" + Pattern.quote(stored) + "</t>");
  }

  @Test
  void control_characters_are_escaped() throws IOException {
    assertThat(sheet(new Line("a\u0001b\rc", NeuronSum.ZERO, 1))).contains(">a_x0001_b_x000D_c</t>");
  }

  @Test
  void a_cell_has_at_most_32767_characters() throws IOException {
    assertThat(sheet(new Line("a".repeat(WorkbookRows.CELL_MAX), NeuronSum.ZERO, 1))).contains("aaa</t>");
    assertThatThrownBy(() -> sheet(new Line("a".repeat(WorkbookRows.CELL_MAX + 1), NeuronSum.ZERO, 1)))
        .isInstanceOf(Refusal.class)
        .hasMessage("a cell of a workbook has at most 32767 characters, but name of row 1 has 32768:"
            + " export as csv or ndjson");
  }

  @Test
  void further_rows_are_in_further_sheets_each_with_the_header() throws IOException {
    assertThat(sheets(3, 2)).hasSize(1);
    Map<String, String> sheets = sheets(3, 5);
    assertThat(sheets).hasSize(3);
    assertThat(sheets.values()).allMatch(sheet -> sheet.contains("<t>name</t>"));
    assertThat(sheets.values()).extracting(sheet -> sheet.split("<row ", -1).length - 1).containsExactly(3, 3, 2);
  }

  private static String sheet(Line line) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WorkbookRows rows = new WorkbookRows(Columns.of(Line.class, true), JSON, out);
    rows.row(line);
    rows.end();
    return sheets(out).values().iterator().next();
  }

  private static Map<String, String> sheets(int rowsMax, int count) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WorkbookRows rows = new WorkbookRows(Columns.of(Line.class, true), JSON, out, rowsMax);
    for (int i = 0; i < count; i++) {
      rows.row(new Line("row", NeuronSum.ZERO, i));
    }
    rows.end();
    return sheets(out);
  }

  /** By the archive's directory, as spreadsheets read it. */
  private static Map<String, String> sheets(ByteArrayOutputStream workbook) throws IOException {
    Map<String, String> sheets = new TreeMap<>();
    Path file = Files.write(Files.createTempFile(folder, "workbook-", ".xlsx"), workbook.toByteArray());
    try (ZipFile archive = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(archive.entries())) {
        if (entry.getName().startsWith("xl/worksheets/sheet")) {
          sheets.put(entry.getName(),
              new String(archive.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return sheets;
  }
}
