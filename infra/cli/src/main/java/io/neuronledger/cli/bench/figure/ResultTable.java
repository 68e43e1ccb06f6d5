package io.neuronledger.cli.bench.figure;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The figures for the terminal: first the rates with their ratios to the references, then the costs; both with their
 * ratio to the same figure of the runs without credentials, where there are any.
 */
public final class ResultTable {
  private static final String LINE = "  %-14s%-64s %12s %12s %12s  %-9s%s%n";

  private final List<Results.Row> rows;

  public ResultTable(Results results) {
    this.rows = results.rows();
  }

  public void print(PrintWriter out) {
    for (String workload : rows.stream().map(Results.Row::workload).distinct().toList()) {
      out.printf("%n%s%n", workload);
      print(out, workload, false);
      print(out, workload, true);
    }
    if (rows.stream().anyMatch(row -> row.stage() == Stage.SQL && row.summary().isEmpty())) {
      out.printf("%npgbench is neither on the PATH nor in /usr/lib/postgresql: read has no reference.%n");
    }
    out.flush();
  }

  private void print(PrintWriter out, String workload, boolean costs) {
    List<Results.Row> printed = rows.stream()
        .filter(row -> row.workload().equals(workload) && row.unit().isCost() == costs).toList();
    if (printed.isEmpty()) {
      return;
    }
    out.printf(LINE, "", "", "median", "min", "max", "", ratios(printed).isEmpty() ? "" : "  ratio of medians");
    for (Results.Row row : printed) {
      Unit unit = row.unit();
      out.printf(LINE, row.stage(), label(row.stage(), row.subject(), unit),
          unit.format(row.summary().map(Summary::median)), unit.format(row.summary().map(Summary::min)),
          unit.format(row.summary().map(Summary::max)), unit.symbol(), ("  " + ratios(row)).stripTrailing());
    }
  }

  static String label(Stage stage, String subject, Unit unit) {
    if (subject.isEmpty()) {
      return stage.description();
    }
    return unit.isCost() ? subject : stage.description() + ", " + subject;
  }

  private String ratios(List<Results.Row> of) {
    return of.stream().map(this::ratios).collect(Collectors.joining());
  }

  /** To each reference of the same workload that has the same unit, and to the run without credentials. */
  private String ratios(Results.Row row) {
    Stream<String> references = Stream.of(Stage.values()).filter(Stage::isReference)
        .filter(_ -> !row.stage().isReference())
        .flatMap(reference -> ratio(row, row.workload(), reference, reference.toString()).stream());
    return Stream.concat(references, ratio(row, Results.withoutCredentials(row.workload()), row.stage(),
        "without credentials").stream()).collect(Collectors.joining(", "));
  }

  private Optional<String> ratio(Results.Row row, String workload, Stage stage, String name) {
    return rows.stream().filter(each -> each.stage() == stage && each.unit() == row.unit()
        && each.subject().equals(row.subject()) && each.workload().equals(workload)).findFirst()
        .flatMap(Results.Row::summary).flatMap(of -> row.summary().map(measured ->
            String.format(Locale.ROOT, "%.2f x %s", measured.median() / of.median(), name)));
  }
}
