package io.neuronledger.foundation.codegen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Constants;

/** A hash over all inputs of the generated classes: equal hashes mean equal classes. */
record Fingerprint(String value) {
  private static final String FILE = "FINGERPRINT";

  /** Over the configuration, the migrations (names and contents) and jOOQ's version. */
  static Fingerprint of(Path configuration, Path migrations) throws IOException {
    MessageDigest digest = sha256();
    digest.update(Constants.FULL_VERSION.getBytes(StandardCharsets.UTF_8));
    digest.update(Files.readAllBytes(configuration));
    for (Path migration : filesOf(migrations)) {
      digest.update(migrations.relativize(migration).toString().getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(migration));
    }
    return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
  }

  /** Whether {@code output} was generated from the same inputs. */
  boolean marks(Path output) throws IOException {
    Path file = output.resolve(FILE);
    return Files.exists(file) && Files.readString(file).equals(value);
  }

  /** Written last: an interrupted generation leaves no fingerprint. */
  void markOn(Path output) throws IOException {
    Files.createDirectories(output);
    Files.writeString(output.resolve(FILE), value);
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
