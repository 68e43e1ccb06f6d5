package io.neuronledger.local.stack;

/**
 * Where the servers of a stack listen on 127.0.0.1; 0 takes a free port.
 *
 * @param query of ledger-query, which is the API
 * @param rpc of the stack's own dev chain, for HTTP and WebSocket
 */
public record Ports(int query, int command, int indexer, int kafka, int postgres, int rpc) {
  /** A free one each. */
  public static final Ports FREE = new Ports(0, 0, 0, 0, 0, 0);
  /** Those of {@code ./ledger up}: the services' own, and beside the usual ones of other servers. */
  public static final Ports FIXED = new Ports(8_080, 8_082, 8_081, 19_092, 15_432, 18_545);
  private static final int MAX = 65_535;

  public Ports {
    for (int port : new int[] {query, command, indexer, kafka, postgres, rpc}) {
      if (port < 0 || port > MAX) {
        throw new IllegalArgumentException("a port is 0 to " + MAX + ", not " + port);
      }
    }
  }
}
