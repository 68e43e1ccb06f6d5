package io.neuronledger.cli.stack.secret;

import io.neuronledger.foundation.access.caller.Scope;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * An API key for trying the stack out.
 *
 * @param secret the key
 * @param header a file for {@code curl -H @FILE}, which only its owner may read
 */
public record DevelopmentKey(String secret, Path header) {
  /** Reads all ledgers, events, reports and metrics, and changes nothing. */
  public static final Purpose READING = new Purpose("development",
      EnumSet.of(Scope.LEDGER_READ, Scope.EVENTS_SUBSCRIBE, Scope.FINANCE_READ, Scope.METRICS_READ),
      "development.header");
  /** Reports the usage of one provider. */
  public static final Purpose REPORTING =
      new Purpose("development-provider", EnumSet.of(Scope.USAGE_WRITE), "provider.header");

  /**
   * What a key is for.
   *
   * @param file the name of the header's file in a data folder
   */
  public record Purpose(String keyName, Set<Scope> scopes, String file) {
    public Purpose {
      scopes = Set.copyOf(scopes);
    }
  }

  /** Writes the header into a data folder. */
  public static DevelopmentKey write(String secret, Path folder, Purpose purpose) {
    Path file = folder.resolve(purpose.file());
    new PrivateFile(file).write("Authorization: Bearer " + secret + "\n");
    return new DevelopmentKey(secret, file);
  }

  /** Its secret stays out of every text but the one that is meant to show it. */
  @Override
  public String toString() {
    return "DevelopmentKey[" + header + "]";
  }
}
