package io.neuronledger.infra.devchain;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of 127.0.0.1. */
final class LoopbackPort {
  private LoopbackPort() {}

  /** One that nobody has at this moment. */
  static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  /** Asked before the node starts: what answers on the port afterwards is then ours. */
  static void requireFree(int port) {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw new Taken("port " + port + " is taken: " + e.getMessage());
    }
  }

  /** Somebody else listens there. */
  static final class Taken extends IllegalStateException {
    @Serial private static final long serialVersionUID = 1L;

    Taken(String message) {
      super(message);
    }
  }
}
