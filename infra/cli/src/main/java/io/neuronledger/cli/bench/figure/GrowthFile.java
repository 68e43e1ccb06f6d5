package io.neuronledger.cli.bench.figure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The rows of the growth table that have been measured so far, kept in a file: a row is measured once. */
public final class GrowthFile {
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path file;
  private final List<Row> rows;

  /** What was measured with one number of events. */
  public record Row(long events, long wallets, Instant date, Machine machine, List<Results.Row> figures) {}

  private GrowthFile(Path file, List<Row> rows) {
    this.file = file;
    this.rows = new ArrayList<>(rows);
  }

  /** @param file absent before the first row */
  public static GrowthFile open(Path file) {
    try {
      return new GrowthFile(file,
          Files.exists(file) ? JSON.readerForListOf(Row.class).readValue(Files.readString(file)) : List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  public List<Row> rows() {
    return List.copyOf(rows);
  }

  public Optional<Row> find(long events, long wallets) {
    return rows.stream().filter(row -> row.events() == events && row.wallets() == wallets).findFirst();
  }

  /** Adds a row and writes the file: all of it or nothing. */
  public void add(Row row) {
    rows.add(row);
    Path written = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(written, JSON.writeValueAsString(rows) + "\n");
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
