package io.neuronledger.indexer.chain.log;

import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Repeats a question: behind a load balancer, a lagging machine refuses questions that all others answer. */
public final class Repeated {
  /** The number of attempts until a refusal counts. */
  private static final int TIMES = 3;

  private Repeated() {}

  /**
   * Repeats a refused question at once. An unknown method is not repeated.
   *
   * @param isRefusal whether this failure may come from one machine only
   * @throws RpcFailure the last refusal, or the first other failure
   */
  public static <T> T ask(Supplier<T> question, Predicate<RpcFailure> isRefusal) {
    for (int left = TIMES;; left--) {
      try {
        return question.get();
      } catch (RpcFailure failure) {
        if (left == 1 || !isRefusal.test(failure) || failure.isUnknownMethod()) {
          throw failure;
        }
      }
    }
  }
}
