package io.neuronledger.local;

/**
 * Ctrl-C and {@code kill}, as a request to stop. A shutdown hook would not do: hooks run all at once, and the servers'
 * own hooks would end PostgreSQL and the dev chain under the services that still use them.
 */
@SuppressWarnings("sunapi") // The JDK has no other way to hear of a signal.
final class StopSignal {
  private StopSignal() {}

  /** From now on such a signal does this, and does not end the JVM. */
  static void handle(Runnable stop) {
    sun.misc.Signal.handle(new sun.misc.Signal("INT"), signal -> stop.run());
    sun.misc.Signal.handle(new sun.misc.Signal("TERM"), signal -> stop.run());
  }
}
