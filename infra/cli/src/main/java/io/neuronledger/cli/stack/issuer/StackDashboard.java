package io.neuronledger.cli.stack.issuer;

import java.util.Map;

/**
 * The dashboard of a stack.
 *
 * @param url its origin, which is ledger-query's
 * @param command ledger-command's address
 * @param indexer chain-indexer's address
 */
public record StackDashboard(String url, String command, String indexer) {
  /** Its id at the issuer. */
  static final String CLIENT_ID = "dashboard";
  private static final String PREFIX = "neuron-ledger.dashboard.";
  private static final String ENABLED = PREFIX + "enabled";

  /** The address to open, and to which the issuer lets people return. */
  public String page() {
    return url + "/";
  }

  /** The settings of the services. */
  public Map<String, String> settings() {
    return Map.of(ENABLED, "true", PREFIX + "command", command, PREFIX + "indexer", indexer,
        PREFIX + "client-id", CLIENT_ID, PREFIX + "sign-in", "code", "neuron-ledger.access.allowed-origins", url);
  }

  /** The setting of services without one, whatever the environment has for others. */
  public static Map<String, String> off() {
    return Map.of(ENABLED, "false");
  }
}
