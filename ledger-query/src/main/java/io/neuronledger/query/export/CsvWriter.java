package io.neuronledger.query.export;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes CSV (RFC 4180, UTF-8), and counts the rows. Spreadsheets evaluate text that begins like a formula,
 * and providers choose some of the texts, so an apostrophe is put before such text. Amounts in neuron are quoted: where
 * a spreadsheet is asked to read quoted fields as text, it keeps all of their digits.
 */
public final class CsvWriter {
  private static final String LINE_END = "\r\n";
  private static final String FORMULA_BEGINS = "=+-@\t\r'";

  private final OutputStream out;
  private final boolean allText;
  private long rows;

  /** @param out receives the lines */
  public CsvWriter(OutputStream out) {
    this(out, false);
  }

  /** @param allText whether all text is quoted, not only text that would else be read as several cells */
  public CsvWriter(OutputStream out, boolean allText) {
    this.out = out;
    this.allText = allText;
  }

  /** Writes the first line, which is not counted. */
  public CsvWriter header(List<String> names) {
    write((String.join(",", names) + LINE_END).getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** @param values {@code Optional} for a column that may be empty */
  public void row(Object... values) {
    String line = List.of(values).stream().map(this::cell).collect(Collectors.joining(",", "", LINE_END));
    rows++;
    write(line.getBytes(StandardCharsets.UTF_8));
  }

  public long rows() {
    return rows;
  }

  private void write(byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String cell(Object value) {
    Object plain = value instanceof Optional<?> optional ? optional.<Object>map(each -> each).orElse("") : value;
    return switch (plain) {
      case Neuron amount -> quoted(amount.toString());
      case NeuronSum sum -> quoted(sum.toString());
      case BigDecimal number -> number.toPlainString();
      case Number number -> number.toString();
      case WalletAddress address -> address.checksummed();
      default -> text(noFormula(plain.toString()));
    };
  }

  private String text(String text) {
    boolean isQuoted = (allText && !text.isEmpty())
        || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n' || c == '#');
    return isQuoted ? quoted(text.replace("\"", "\"\"")) : text;
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  /** Text that begins with an apostrophe gets another, so that the original text can be restored. */
  private static String noFormula(String text) {
    return !text.isEmpty() && FORMULA_BEGINS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
