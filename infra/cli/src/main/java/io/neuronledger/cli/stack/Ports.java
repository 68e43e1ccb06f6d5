package io.neuronledger.cli.stack;

import io.neuronledger.testkit.servers.FreePort;

/**
 * The ports of a stack's servers on 127.0.0.1; 0 for a free port.
 *
 * @param query the port of ledger-query, the API
 * @param issuer the port of the OIDC issuer
 * @param rpc the port of the stack's own dev chain, for HTTP and WebSocket
 */
public record Ports(int query, int command, int indexer, int issuer, int kafka, int postgres, int rpc) {
  /** A free port for each. */
  public static final Ports FREE = new Ports(0, 0, 0, 0, 0, 0, 0);
  /** The ports of {@code ./ledger up}: the services' defaults, and ports next to the usual ones of other servers. */
  public static final Ports FIXED = new Ports(8_080, 8_082, 8_081, 8_083, 19_092, 15_432, 18_545);
  private static final int MAX = 65_535;

  public Ports {
    for (int port : new int[] {query, command, indexer, issuer, kafka, postgres, rpc}) {
      if (port < 0 || port > MAX) {
        throw new IllegalArgumentException("a port is 0 to " + MAX + ", not " + port);
      }
    }
  }

  /** The same with the ports of the services known before they start, because each of them names the others. */
  Ports found() {
    return new Ports(found(query), found(command), found(indexer), issuer, kafka, postgres, rpc);
  }

  private static int found(int port) {
    return port == 0 ? FreePort.find() : port;
  }
}
