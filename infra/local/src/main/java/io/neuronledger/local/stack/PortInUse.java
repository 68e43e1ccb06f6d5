package io.neuronledger.local.stack;

import java.io.IOException;
import java.io.Serial;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Another program listens on a port that was asked for. The message is a sentence for the terminal. */
public final class PortInUse extends IllegalStateException {
  @Serial private static final long serialVersionUID = 1L;

  private PortInUse(String message) {
    super(message);
  }

  /**
   * Looks before anything starts, so that nothing has to be stopped again.
   *
   * @param port of 127.0.0.1; 0 is always free
   * @param service which is to listen on it
   * @param remedy how to choose another port
   * @throws PortInUse if another program listens on it
   */
  public static void requireFree(int port, String service, String remedy) {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw new PortInUse("port " + port + " of 127.0.0.1, where " + service + " is to listen, cannot be used ("
          + e.getMessage() + "); " + remedy);
    }
  }
}
