package io.neuronledger.cli.bench.figure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * One measured number of a run.
 *
 * @param subject the process, or the part of the stage; empty for the stage itself
 * @param value empty where the system does not report it
 */
public record Figure(Stage stage, String subject, Unit unit, OptionalDouble value) {
  public static Figure of(Stage stage, String subject, Unit unit, double value) {
    return new Figure(stage, subject, unit, OptionalDouble.of(value));
  }

  /** The mean of the figures of each process or part, in the order in which they come first. */
  public static List<Figure> means(Collection<Figure> figures) {
    return figures.stream()
        .collect(Collectors.groupingBy(each -> new Figure(each.stage, each.subject, each.unit, OptionalDouble.empty()),
            LinkedHashMap::new, Collectors.toList()))
        .entrySet().stream().map(each -> new Figure(each.getKey().stage, each.getKey().subject, each.getKey().unit,
            each.getValue().stream().flatMapToDouble(figure -> figure.value.stream()).average()))
        .toList();
  }
}
