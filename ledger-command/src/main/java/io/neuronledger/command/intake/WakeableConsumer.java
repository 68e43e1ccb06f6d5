package io.neuronledger.command.intake;

import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/** A worker's current consumer, if any, so that another thread can wake it up. */
final class WakeableConsumer {
  private @Nullable Consumer<byte[], byte[]> current;
  private boolean woken;

  synchronized void set(Consumer<byte[], byte[]> consumer) {
    current = consumer;
    if (woken) {
      consumer.wakeup();
    }
  }

  synchronized void wake() {
    woken = true;
    if (current != null) {
      current.wakeup();
    }
  }
}
