package io.neuronledger.cli.bench.figure;

import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The medians of each figure with growing numbers of events, side by side. */
public final class GrowthTable {
  private final List<GrowthFile.Row> rows;

  /** A line of the table. */
  private record Line(Stage stage, String subject, Unit unit) {
    private static Line of(Results.Row figure) {
      return new Line(figure.stage(), figure.subject(), figure.unit());
    }
  }

  /** @param rows in the order of their columns */
  public GrowthTable(List<GrowthFile.Row> rows) {
    this.rows = List.copyOf(rows);
  }

  public void print(PrintWriter out) {
    out.printf("%n  %-9s%-58s", "", "events");
    rows.forEach(row -> out.printf(Locale.ROOT, " %,12d", row.events()));
    out.printf("%n");
    Set<Line> lines = new LinkedHashSet<>();
    rows.forEach(row -> row.figures().forEach(figure -> lines.add(Line.of(figure))));
    for (Line line : lines) {
      out.printf("  %-9s%-58s", line.stage(), ResultTable.label(line.stage(), line.subject(), line.unit()));
      rows.forEach(row -> out.printf(" %12s", line.unit().format(median(row, line))));
      out.printf("  %s%n", line.unit().symbol());
    }
    out.flush();
  }

  private static Optional<Double> median(GrowthFile.Row row, Line line) {
    return row.figures().stream().filter(figure -> Line.of(figure).equals(line)).findFirst()
        .flatMap(Results.Row::summary).map(Summary::median);
  }
}
