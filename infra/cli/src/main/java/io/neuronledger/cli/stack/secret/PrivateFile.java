package io.neuronledger.cli.stack.secret;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import java.util.Set;

/** A file that only its owner may read and write: mode 600. */
public record PrivateFile(Path path) {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final FileAttribute<Set<PosixFilePermission>> MODE = PosixFilePermissions.asFileAttribute(OWNER_ONLY);

  /**
   * The properties of the file; none if it does not exist.
   *
   * @throws IllegalStateException if anyone but the owner may read or write it
   */
  Properties read() {
    Properties properties = new Properties();
    try {
      if (Files.exists(path)) {
        requireOwnerOnly();
        properties.load(new StringReader(Files.readString(path)));
      }
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  /** Replaces the file by properties, as {@link #write(String)} does. */
  void write(Properties properties, String comment) {
    StringWriter text = new StringWriter();
    try {
      properties.store(text, comment);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
    write(text.toString());
  }

  /** Replaces the file, whole or not at all. It is never readable by others, not even while it is written. */
  public void write(String text) {
    Path next = path.resolveSibling(path.getFileName() + ".next");
    try {
      Files.deleteIfExists(next);
      Files.createFile(next, MODE);
      Files.writeString(next, text);
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  private void requireOwnerOnly() throws IOException {
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path))) {
      throw new IllegalStateException("others may read or write " + path + ", which has passwords: chmod 600 it");
    }
  }
}
