package io.neuronledger.cli.bench.figure;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the bench measures: stages of the path, the whole path, and references of the same run. */
public enum Stage {
  INDEX("chain -> Kafka"),
  INTAKE("Kafka -> event store"),
  PROJECT("Kafka -> read model"),
  STOCK("reference: stock Axon, a command and a transaction per event"),
  INSERT("reference: JDBC batch insert of the same rows"),
  COPY("reference: COPY of the same rows"),
  WHOLE("chain -> HTTP answer, the three jars as processes"),
  READ("GET of a ledger's sub-accounts"),
  SQL("reference: the same SQL by pgbench"),
  SUBSCRIPTIONS("GET beside subscriptions"),
  LIVE("a new block -> GET shows it"),
  USAGE("usage reports -> readable"),
  QUIET("empty blocks"),
  REBUILD("the read model from the first event");

  private final String description;

  Stage(String description) {
    this.description = description;
  }

  public String description() {
    return description;
  }

  /** Whether it is a reference for the stages. */
  public boolean isReference() {
    return this == STOCK || this == INSERT || this == COPY || this == SQL;
  }

  /** Whether it is measured on the services' jars, after the whole path. */
  public boolean isOnJars() {
    return compareTo(WHOLE) >= 0;
  }

  /** @throws IllegalArgumentException for any other word, with the list of all */
  public static Stage of(String word) {
    return Arrays.stream(values()).filter(stage -> stage.toString().equals(word)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no stage '" + word + "'; the stages are "
            + Arrays.stream(values()).map(Stage::toString).collect(Collectors.joining(", "))));
  }

  /** The name in options, tables and files. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
