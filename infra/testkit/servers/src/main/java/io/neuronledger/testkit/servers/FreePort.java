package io.neuronledger.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds free ports. */
public final class FreePort {
  /** Linux gives outgoing connections the ports from 32768, other systems higher ones. */
  static final int LOWEST = 15_000;
  static final int HIGHEST = 32_767;
  private static final int ATTEMPTS = 1_000;

  private FreePort() {}

  /**
   * Returns a loopback port, {@link #LOWEST} to {@link #HIGHEST}, that was free at the time of the call; the caller
   * must handle that it is in use later. It is none that the system gives to outgoing connections: a service binds
   * its port seconds after the port was found, and a client's connection would hold it by then.
   */
  public static int find() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port on the loopback address from " + LOWEST + " to " + HIGHEST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (BindException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("no port can be bound on the loopback address", e);
    }
  }
}
