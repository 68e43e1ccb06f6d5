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
 * Writes CSV (RFC 4180, UTF-8), and counts the rows. Text and amounts in neuron are quoted, counts and amounts in 0G
 * are not: a spreadsheet that is asked to keep quoted fields as text then keeps all digits of an amount, and takes no
 * text for a number or a day. Some evaluate text that begins like a formula all the same, and providers choose some of
 * the texts, so an apostrophe is put before such text.
 */
public final class CsvWriter {
  private static final String LINE_END = "\r\n";
  /** With the full-width forms of the first four, which some languages write. */
  private static final String FORMULA_BEGINS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20'";

  private final OutputStream out;
  private long rows;

  /** @param out receives the lines */
  public CsvWriter(OutputStream out) {
    this.out = out;
  }

  /** @param names of letters, digits and underscores, which need no quotes; their line is not counted */
  public CsvWriter header(List<String> names) {
    write((String.join(",", names) + LINE_END).getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** @param values {@code Optional} for a column that may be empty */
  public void row(Object... values) {
    String line = List.of(values).stream().map(CsvWriter::cell).collect(Collectors.joining(",", "", LINE_END));
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

  private static String cell(Object value) {
    Object plain = value instanceof Optional<?> optional ? optional.<Object>map(each -> each).orElse("") : value;
    return switch (plain) {
      case Neuron amount -> quoted(amount.toString());
      case NeuronSum sum -> quoted(sum.toString());
      case BigDecimal number -> number.toPlainString();
      case Number number -> number.toString();
      case WalletAddress address -> quoted(address.checksummed());
      default -> text(plain.toString());
    };
  }

  /** An absent value is an empty cell. */
  private static String text(String text) {
    return text.isEmpty() ? "" : quoted(noFormula(text).replace("\"", "\"\""));
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  /** Text that begins with an apostrophe gets another, so that the original text can be restored. */
  private static String noFormula(String text) {
    return FORMULA_BEGINS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
