package io.neuronledger.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The body of an answer as it comes, for a reader who does not wait for ever: that of the JDK knows no patience. */
final class TimedBody extends InputStream implements Flow.Subscriber<List<ByteBuffer>> {
  private final Duration idleMax;
  private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final Queue<ByteBuffer> read = new ArrayDeque<>();
  private volatile Flow.@Nullable Subscription subscription;

  private sealed interface Item {}

  private record Bytes(List<ByteBuffer> buffers) implements Item {}

  private record End(Optional<Throwable> failure) implements Item {}

  private TimedBody(Duration idleMax) {
    this.idleMax = idleMax;
  }

  /**
   * A body that is there before its bytes are.
   *
   * @param idleMax a read waits for so long at most
   */
  static BodySubscriber<TimedBody> asItComes(Duration idleMax) {
    return BodySubscribers.mapping(BodySubscribers.ofPublisher(), bytes -> {
      TimedBody body = new TimedBody(idleMax);
      bytes.subscribe(body);
      return body;
    });
  }

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    subscription = begun;
    begun.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    items.add(new Bytes(buffers));
  }

  @Override
  public void onError(Throwable failure) {
    items.add(new End(Optional.of(failure)));
  }

  @Override
  public void onComplete() {
    items.add(new End(Optional.empty()));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  /** @throws IOException where the answer breaks off, or nothing comes */
  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (read.isEmpty()) {
      if (!isFilled()) {
        return -1;
      }
    }
    ByteBuffer next = read.element();
    int count = Math.min(length, next.remaining());
    next.get(into, from, count);
    if (!next.hasRemaining()) {
      read.remove();
    }
    return count;
  }

  /** @return false at the end of the answer, and where it was closed */
  private boolean isFilled() throws IOException {
    switch (next()) {
      case Bytes bytes -> {
        bytes.buffers().stream().filter(ByteBuffer::hasRemaining).forEach(read::add);
        Optional.ofNullable(subscription).ifPresent(known -> known.request(1));
        return true;
      }
      case End end -> {
        items.add(end);
        if (end.failure().isPresent()) {
          throw new IOException("the answer breaks off", end.failure().get());
        }
        return false;
      }
    }
  }

  private Item next() throws IOException {
    try {
      Item item = items.poll(idleMax.toNanos(), TimeUnit.NANOSECONDS);
      if (item == null) {
        throw new HttpTimeoutException("nothing has come for " + idleMax);
      }
      return item;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an event", e);
    }
  }

  /** Ends the connection, and who waits for bytes; another thread may do it. */
  @Override
  public void close() {
    Optional.ofNullable(subscription).ifPresent(Flow.Subscription::cancel);
    items.add(new End(Optional.empty()));
  }
}
