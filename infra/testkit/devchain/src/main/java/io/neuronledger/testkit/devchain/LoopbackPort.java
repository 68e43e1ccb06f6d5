package io.neuronledger.testkit.devchain;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of 127.0.0.1. */
final class LoopbackPort {
  private LoopbackPort() {}

  /** A port that is free at the time of the call. */
  static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  /** Checked before the node starts, so that later answers on the port come from that node. */
  static void requireFree(int port) {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw new Taken("port " + port + " is taken: " + e.getMessage());
    }
  }

  /** Another process listens on the port. */
  static final class Taken extends IllegalStateException {
    @Serial private static final long serialVersionUID = 1L;

    Taken(String message) {
      super(message);
    }
  }
}
