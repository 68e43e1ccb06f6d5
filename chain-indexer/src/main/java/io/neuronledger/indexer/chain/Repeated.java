package io.neuronledger.indexer.chain;

import io.neuronledger.indexer.rpc.RpcFailure;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Repeats a question: behind a balancer a machine that lags refuses what all others answer. */
public final class Repeated {
  /** So often a question is asked until its refusal is a finding. */
  private static final int TIMES = 3;

  private Repeated() {}

  /**
   * Asks at once again where the question was refused. A method that the node does not know is not asked for again.
   *
   * @param isRefusal whether this failure may be of one machine only
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
