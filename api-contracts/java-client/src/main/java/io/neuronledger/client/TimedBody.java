package io.neuronledger.client;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * A body that fails with a {@link HttpTimeoutException} once nothing of it comes while its reader wants more: the
 * JDK's timeout of a request ends with the headers of its answer.
 */
final class TimedBody<T> implements BodySubscriber<T> {
  private final BodySubscriber<T> body;
  private final Duration idleMax;
  private volatile Runnable cancellation = () -> { };
  /** How many parts the reader wants that have not come. */
  private long wanted;
  private boolean isEnded;
  /** Fails by the time that the next part may take; done while none is wanted. */
  private CompletableFuture<Boolean> next = CompletableFuture.completedFuture(true);

  /** @param idleMax for each part, more than zero */
  TimedBody(BodySubscriber<T> body, Duration idleMax) {
    this.body = body;
    this.idleMax = idleMax;
  }

  @Override
  public CompletionStage<T> getBody() {
    return body.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    cancellation = begun::cancel;
    body.onSubscribe(new Flow.Subscription() {
      @Override
      public void request(long parts) {
        await(parts);
        begun.request(parts);
      }

      @Override
      public void cancel() {
        var _ = end();
        begun.cancel();
      }
    });
  }

  @Override
  public void onNext(List<ByteBuffer> part) {
    if (hasCome()) {
      body.onNext(part);
      await(0);
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (end()) {
      body.onError(failure);
    }
  }

  @Override
  public void onComplete() {
    if (end()) {
      body.onComplete();
    }
  }

  private synchronized void await(long more) {
    wanted = wanted > Long.MAX_VALUE - more ? Long.MAX_VALUE : wanted + more;
    if (!isEnded && wanted > 0 && next.isDone()) {
      next = new CompletableFuture<Boolean>().orTimeout(idleMax.toNanos(), TimeUnit.NANOSECONDS);
      var _ = next.whenComplete((_, late) -> {
        if (late != null) {
          fail();
        }
      });
    }
  }

  /** @return false where it has come too late */
  private synchronized boolean hasCome() {
    if (isEnded) {
      return false;
    }
    wanted--;
    return next.complete(true) || !next.isCompletedExceptionally();
  }

  /** @return whether it had not ended before */
  private synchronized boolean end() {
    boolean isFirst = !isEnded;
    isEnded = true;
    var _ = next.complete(true);
    return isFirst;
  }

  private void fail() {
    if (end()) {
      // In this order: the cancellation fails the answer, too, and says less.
      body.onError(new HttpTimeoutException("nothing has come for " + idleMax));
      cancellation.run();
    }
  }
}
