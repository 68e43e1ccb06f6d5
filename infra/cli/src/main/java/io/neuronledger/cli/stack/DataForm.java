package io.neuronledger.cli.stack;

import io.neuronledger.cli.stack.secret.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The form of the data in a folder: that of both services' tables, and of the records on the topics. Nothing has been
 * released yet, so no form is converted into another.
 */
final class DataForm {
  /** Raised with every change of a stored name or form that no migration shows. */
  private static final int RECORDS = 6;
  private static final String FILE = "form";
  private static final String TABLES = "classpath*:db/migration/*/*.sql";

  private DataForm() {}

  /**
   * @throws OlderForm if the folder has data of another form; they were not touched
   * @throws IllegalStateException if the passwords of the data are missing
   */
  static void require(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (hasData(folder) && !(Files.exists(file) && Files.readString(file).equals(current()))) {
        throw new OlderForm(folder);
      }
      if (hasData(folder) && !Files.exists(folder.resolve(Secrets.FILE))) {
        throw new IllegalStateException("the passwords of the data in " + folder.toAbsolutePath() + " are missing: put "
            + Secrets.FILE + " back there from a copy");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Writes the form of a folder that has no data yet. */
  static void write(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (!hasData(folder)) {
        Files.writeString(file, current());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static boolean hasData(Path folder) {
    return Files.exists(Stack.postgresIn(folder));
  }

  private static String current() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(String.valueOf(RECORDS).getBytes(StandardCharsets.UTF_8));
      Resource[] migrations = new PathMatchingResourcePatternResolver().getResources(TABLES);
      Arrays.sort(migrations, Comparator.comparing(migration -> String.valueOf(migration.getFilename())));
      for (Resource migration : migrations) {
        digest.update(migration.getContentAsByteArray());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the migrations", e);
    }
  }
}
