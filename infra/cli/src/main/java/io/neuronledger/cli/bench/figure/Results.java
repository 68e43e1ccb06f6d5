package io.neuronledger.cli.bench.figure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures of all runs, by workload, stage, subject and unit. */
public final class Results {
  private final Map<Key, List<Double>> values = new LinkedHashMap<>();

  /** The name of the runs of a workload in which nobody is asked for a credential. */
  public static String withoutCredentials(String workload) {
    return workload + ", without credentials";
  }

  private record Key(String workload, Stage stage, String subject, Unit unit) {}

  /**
   * The values of one figure.
   *
   * @param values one of each run; empty where the system does not report it
   * @param summary empty without values
   */
  public record Row(String workload, Stage stage, String subject, Unit unit, List<Double> values,
      Optional<Summary> summary) {}

  /** Adds the figures of one run. */
  public void add(String workload, Collection<Figure> run) {
    for (Figure figure : run) {
      List<Double> all = values.computeIfAbsent(
          new Key(workload, figure.stage(), figure.subject(), figure.unit()), _ -> new ArrayList<>());
      figure.value().ifPresent(all::add);
    }
  }

  /** In the order in which they were measured first. */
  public List<Row> rows() {
    return values.entrySet().stream().map(each -> row(each.getKey(), each.getValue())).toList();
  }

  private static Row row(Key key, List<Double> values) {
    return new Row(key.workload(), key.stage(), key.subject(), key.unit(), List.copyOf(values),
        values.isEmpty() ? Optional.empty() : Optional.of(Summary.of(values)));
  }
}
