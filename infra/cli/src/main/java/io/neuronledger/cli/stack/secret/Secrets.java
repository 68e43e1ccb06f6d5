package io.neuronledger.cli.stack.secret;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * The passwords of a stack, one for each name: generated when it is first asked for, and the same ever after. Those of
 * a data folder are in its file {@value #FILE}; those of a stack without one are in memory only.
 */
public final class Secrets {
  /** The name of the file in a data folder. */
  public static final String FILE = "secrets.properties";
  /** The number of random bytes of a password. */
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Optional<PrivateFile> file;
  private final Properties values;

  private Secrets(Optional<PrivateFile> file) {
    this.file = file;
    this.values = file.map(PrivateFile::read).orElseGet(Properties::new);
  }

  /**
   * The passwords of a data folder, which the caller has locked.
   *
   * @throws IllegalStateException if anyone but its owner may read the file
   */
  public static Secrets in(Path folder) {
    return new Secrets(Optional.of(new PrivateFile(folder.resolve(FILE))));
  }

  /** Passwords that no file has. */
  public static Secrets temporary() {
    return new Secrets(Optional.empty());
  }

  /** The password of that name: 43 letters, digits, hyphens and underscores. Stored before it is returned. */
  public String of(String name) {
    return of(name, Secrets::generate);
  }

  /** A new one that is stored nowhere: 43 letters, digits, hyphens and underscores. */
  public static String generate() {
    byte[] random = new byte[BYTES];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** A secret of another form, made by the generator where there is none of that name. */
  synchronized String of(String name, Supplier<String> generator) {
    String known = values.getProperty(name);
    if (known != null) {
      return known;
    }
    String generated = generator.get();
    values.setProperty(name, generated);
    file.ifPresent(each -> each.write(values, "The passwords of the stack on this folder: for its owner only"));
    return generated;
  }
}
