package io.neuronledger.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Handles Ctrl-C and {@code kill} as a request to stop. A shutdown hook does not work: hooks run concurrently, and the
 * servers' own hooks would stop PostgreSQL and the dev chain while services still use them.
 */
final class StopSignal {
  private StopSignal() {}

  /**
   * Runs {@code stop} on each signal instead of ending the JVM.
   *
   * @throws IllegalStateException on a JVM without signals
   */
  static void handle(Runnable stop) {
    try {
      // By reflection: the compiler warns of sun.misc.Signal in a way that cannot be suppressed, and warnings are
      // errors.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, handler);
      Object stopping = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler},
          (proxy, method, arguments) -> {
            stop.run();
            return null;
          });
      for (String name : new String[] {"INT", "TERM"}) {
        handle.invoke(null, signal.getConstructor(String.class).newInstance(name), stopping);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM does not support signal handlers", e);
    }
  }
}
