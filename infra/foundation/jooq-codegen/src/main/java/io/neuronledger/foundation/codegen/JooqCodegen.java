package io.neuronledger.foundation.codegen;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Jdbc;

/**
 * Starts a temporary PostgreSQL, runs a folder of Flyway migrations in it and generates jOOQ classes from the result.
 * Does nothing where the output was already generated from the same migrations and configuration.
 */
public final class JooqCodegen {
  private static final String DATABASE = "postgres";
  private static final int ARGUMENTS = 3;

  private final Path configuration;
  private final Path migrations;
  private final Path output;

  private JooqCodegen(Path configuration, Path migrations, Path output) {
    this.configuration = configuration;
    this.migrations = migrations;
    this.output = output;
  }

  /** Arguments: jOOQ's configuration (XML, without a connection and a target folder), the migrations, the output. */
  public static void main(String[] arguments) throws Exception {
    // Class names derive from table names by letter case: fix the locale.
    Locale.setDefault(Locale.US);
    if (arguments.length != ARGUMENTS) {
      throw new IllegalArgumentException("expected: <jooq.xml> <migrations> <output>");
    }
    new JooqCodegen(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2])).run();
  }

  private void run() throws Exception {
    Fingerprint fingerprint = Fingerprint.of(configuration, migrations);
    if (fingerprint.marks(output)) {
      return;
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start()) {
      String url = postgres.getJdbcUrl(DATABASE, DATABASE);
      Configuration generation = read(configuration);
      migrate(url, generation.getGenerator().getDatabase().getInputSchema());
      generation.setJdbc(new Jdbc().withUrl(url).withUser(DATABASE));
      generation.getGenerator().getTarget().setDirectory(output.toString());
      new GenerationTool().run(generation);
    }
    fingerprint.markOn(output);
  }

  private void migrate(String url, String schema) {
    Flyway.configure()
        .dataSource(url, DATABASE, null)
        .locations("filesystem:" + migrations.toAbsolutePath())
        .defaultSchema(schema)
        .placeholders(Map.of("running-role", DATABASE))
        .load()
        .migrate();
  }

  private static Configuration read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return GenerationTool.load(in);
    }
  }
}
