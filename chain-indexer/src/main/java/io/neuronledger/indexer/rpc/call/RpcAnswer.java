package io.neuronledger.indexer.rpc.call;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** The answer to one call of a batch; filled when the batch has been sent. */
public final class RpcAnswer<T> {
  private final RpcCall<T> call;
  private @Nullable T result;

  public RpcAnswer(RpcCall<T> call) {
    this.call = call;
  }

  public RpcCall<T> call() {
    return call;
  }

  public void read(JsonParser parser) {
    result = call.result().read(parser);
  }

  public boolean answered() {
    return result != null;
  }

  public void clear() {
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
