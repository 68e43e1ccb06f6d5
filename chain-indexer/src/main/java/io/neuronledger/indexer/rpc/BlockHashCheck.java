package io.neuronledger.indexer.rpc;

import io.neuronledger.indexer.rpc.call.RpcAnswer;
import io.neuronledger.indexer.rpc.call.RpcCall;
import java.util.function.Consumer;

/**
 * A call whose answer validates the answers of the same request.
 *
 * @param holds throws a failure if the answer does not validate them
 */
record BlockHashCheck<T>(RpcCall<T> call, Consumer<T> holds) {
  /** Its answer in one request. */
  Asked<T> asked() {
    return new Asked<>(new RpcAnswer<>(call), holds);
  }

  record Asked<T>(RpcAnswer<T> answer, Consumer<T> holds) {
    void check() {
      holds.accept(answer.get());
    }
  }
}
