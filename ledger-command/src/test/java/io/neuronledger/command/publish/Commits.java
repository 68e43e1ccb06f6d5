package io.neuronledger.command.publish;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A real producer with hooks at its commits, or at its sends. */
final class Commits {
  private Commits() {}

  /** @param sent receives each record */
  static Producer<byte[], byte[]> recorded(Producer<byte[], byte[]> producer,
      Consumer<ProducerRecord<byte[], byte[]>> sent) {
    return proxy((_, method, arguments) -> {
      if (method.getName().equals("send")) {
        @SuppressWarnings("unchecked") // the only records of this producer
        ProducerRecord<byte[], byte[]> each = (ProducerRecord<byte[], byte[]>) arguments[0];
        sent.accept(each);
      }
      return invoke(producer, method, arguments);
    });
  }

  /** Runs a hook right before each commit. */
  static Producer<byte[], byte[]> before(Producer<byte[], byte[]> producer, Runnable happening) {
    return failing(producer, false, happening);
  }

  /** @param afterwards whether {@code failure} comes after the commit, or in place of it */
  static Producer<byte[], byte[]> failing(Producer<byte[], byte[]> producer, boolean afterwards, Runnable failure) {
    return proxy((_, method, arguments) -> {
      boolean commits = method.getName().equals("commitTransaction");
      if (commits && !afterwards) {
        failure.run();
      }
      Object result = invoke(producer, method, arguments);
      if (commits && afterwards) {
        failure.run();
      }
      return result;
    });
  }

  /** All of a record that a reader sees. */
  static List<Object> visible(ProducerRecord<byte[], byte[]> sent) {
    List<String> headers =
        Arrays.stream(sent.headers().toArray()).map(each -> each.key() + "=" + text(each.value())).toList();
    return List.of(sent.topic(), sent.partition(), text(sent.key()), text(sent.value()), headers);
  }

  private static String text(byte @Nullable [] utf8) {
    return utf8 == null ? "none" : new String(utf8, StandardCharsets.UTF_8);
  }

  private static @Nullable Object invoke(Producer<byte[], byte[]> producer, Method method,
      Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(producer, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static Producer<byte[], byte[]> proxy(InvocationHandler handler) {
    @SuppressWarnings("unchecked") // the proxy has no other type arguments
    Producer<byte[], byte[]> wrapped = (Producer<byte[], byte[]>) Proxy.newProxyInstance(
        Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, handler);
    return wrapped;
  }
}
