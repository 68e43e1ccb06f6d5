package io.neuronledger.cli.stack.secret;

import io.neuronledger.foundation.access.caller.Scope;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * An API key for trying the stack out, which reads all ledgers, reports and metrics and changes nothing.
 *
 * @param secret the key
 * @param header a file for {@code curl -H @FILE}, which only its owner may read
 */
public record DevelopmentKey(String secret, Path header) {
  /** The key's name. */
  public static final String NAME = "development";
  /** What it may do. */
  public static final Set<Scope> SCOPES = Set.copyOf(
      EnumSet.of(Scope.LEDGER_READ, Scope.FINANCE_READ, Scope.METRICS_READ));
  /** The name of the file in a data folder. */
  public static final String FILE = "development.header";

  /** Writes the header into a data folder. */
  public static DevelopmentKey write(String secret, Path folder) {
    Path file = folder.resolve(FILE);
    new PrivateFile(file).write("Authorization: Bearer " + secret + "\n");
    return new DevelopmentKey(secret, file);
  }

  /** Its secret stays out of every text but the one that is meant to show it. */
  @Override
  public String toString() {
    return "DevelopmentKey[" + header + "]";
  }
}
