package io.neuronledger.command.publish;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.kafka.clients.producer.Producer;

/** A real producer with hooks at its commits. */
final class Commits {
  private Commits() {}

  /** Runs a hook right before each commit. */
  static Producer<byte[], byte[]> before(Producer<byte[], byte[]> producer, Runnable happening) {
    return failing(producer, false, happening);
  }

  /** @param afterwards whether {@code failure} comes after the commit, or in place of it */
  static Producer<byte[], byte[]> failing(Producer<byte[], byte[]> producer, boolean afterwards, Runnable failure) {
    InvocationHandler handler = (_, method, arguments) -> {
      boolean commits = method.getName().equals("commitTransaction");
      if (commits && !afterwards) {
        failure.run();
      }
      try {
        Object result = method.invoke(producer, arguments);
        if (commits && afterwards) {
          failure.run();
        }
        return result;
      } catch (InvocationTargetException e) {
        throw e.getCause() == null ? e : e.getCause();
      }
    };
    @SuppressWarnings("unchecked") // the proxy has no other type arguments
    Producer<byte[], byte[]> wrapped = (Producer<byte[], byte[]>) Proxy.newProxyInstance(
        Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, handler);
    return wrapped;
  }
}
