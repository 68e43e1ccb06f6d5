package io.neuronledger.indexer.rpc;

import java.util.function.Consumer;

/**
 * A call whose answer vouches for those that come with it.
 *
 * @param holds throws a failure where it does not
 */
record BlockHashCheck<T>(RpcCall<T> call, Consumer<T> holds) {
  /** Its place in one request. */
  Asked<T> asked() {
    return new Asked<>(new RpcAnswer<>(call), holds);
  }

  record Asked<T>(RpcAnswer<T> answer, Consumer<T> holds) {
    void check() {
      holds.accept(answer.get());
    }
  }
}
