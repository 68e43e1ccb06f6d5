package io.neuronledger.wallet.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Lines of cells below titles, each column as wide as its widest cell. */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> titles;
  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Integer> numbers = new TreeSet<>();

  /** @param titles one per column; amounts are aligned to the right where the title names their unit */
  public Table(String... titles) {
    this.titles = List.of(titles);
    for (int i = 0; i < titles.length; i++) {
      if (titles[i].endsWith("(0G)") || titles[i].endsWith("(neuron)")) {
        numbers.add(i);
      }
    }
  }

  /** @param cells one per column; what comes from others is made {@linkplain Printable printable} */
  public Table row(String... cells) {
    if (cells.length != titles.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + titles.size() + " columns");
    }
    List<String> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(Printable.of(cell));
    }
    rows.add(row);
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The lines, without blanks at their ends. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line(titles));
    lines.add(line(IntStream.range(0, titles.size()).mapToObj(i -> "-".repeat(width(i))).toList()));
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(width(i) - length(cells.get(i)));
      line.append(i == 0 ? "" : GAP).append(numbers.contains(i) ? padding + cells.get(i) : cells.get(i) + padding);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return Math.max(length(titles.get(column)),
        rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
