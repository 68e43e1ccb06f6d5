package io.neuronledger.query.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the consumers of this instance, each on its own thread. They start with the service and stop before its
 * connections close.
 */
public final class IntakeThreads implements SmartLifecycle {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final int count;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final IntakeParts parts;
  private final List<AccountEventIntake> loops = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  public IntakeThreads(int count, Supplier<Consumer<byte[], byte[]>> consumers, IntakeParts parts) {
    this.count = count;
    this.consumers = consumers;
    this.parts = parts;
  }

  @Override
  public synchronized void start() {
    for (int i = 0; i < count; i++) {
      AccountEventIntake loop = new AccountEventIntake("intake-" + i, consumers.get(), parts);
      loops.add(loop);
      threads.add(Thread.ofPlatform().name("intake-" + i).start(loop));
    }
  }

  @Override
  public synchronized void stop() {
    loops.forEach(AccountEventIntake::close);
    for (Thread thread : threads) {
      try {
        thread.join(STOP_TIMEOUT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    loops.clear();
    threads.clear();
  }

  @Override
  public synchronized boolean isRunning() {
    return !threads.isEmpty();
  }
}
