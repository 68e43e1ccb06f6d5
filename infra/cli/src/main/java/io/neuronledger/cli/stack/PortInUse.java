package io.neuronledger.cli.stack;

import java.io.IOException;
import java.io.Serial;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Another program listens on a requested port. The message is fit for the terminal. */
public final class PortInUse extends IllegalStateException {
  @Serial private static final long serialVersionUID = 1L;

  private PortInUse(String message) {
    super(message);
  }

  /**
   * Checks a port before anything is started.
   *
   * @param port the port of 127.0.0.1; 0 is always free
   * @param service the service that needs the port
   * @param remedy how to choose another port
   * @throws PortInUse if another program listens on it
   */
  public static void requireFree(int port, String service, String remedy) {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw new PortInUse("port " + port + " of 127.0.0.1, for " + service + ", is not available ("
          + e.getMessage() + "); " + remedy);
    }
  }
}
