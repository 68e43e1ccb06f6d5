package io.neuronledger.indexer.rpc;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** The answer to one call of a batch; filled when the batch has been sent. */
public final class RpcAnswer<T> {
  private final RpcCall<T> call;
  private @Nullable T result;

  RpcAnswer(RpcCall<T> call) {
    this.call = call;
  }

  RpcCall<T> call() {
    return call;
  }

  void read(JsonParser parser) {
    result = call.result().read(parser);
  }

  boolean answered() {
    return result != null;
  }

  void clear() {
    result = null;
  }

  /** @throws IllegalStateException before the batch has been sent */
  public T get() {
    if (result == null) {
      throw new IllegalStateException("not answered yet: " + call.method());
    }
    return result;
  }
}
