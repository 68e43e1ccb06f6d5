package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.indexer.chain.LogEntry;
import io.neuronledger.indexer.decode.zerog.books.Books;
import io.neuronledger.indexer.decode.zerog.fold.Act;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings the calls of a trace and the logs of the same transaction into one order. */
public final class TracedActs {
  private TracedActs() {}

  /**
   * @param steps the trace of one transaction
   * @param logs its logs of the contracts followed, as the block tells them
   * @param books what is known before the transaction
   * @throws RpcFailure if the trace and the block tell different logs
   */
  public static List<Act> of(List<TraceStep> steps, List<LogEntry> logs, Followed followed, Books books) {
    boolean withLogs = steps.stream().anyMatch(TraceStep.Log.class::isInstance);
    if (!withLogs) {
      return Alignment.of(calls(steps, followed), logs, followed, books);
    }
    List<Act> acts = new ArrayList<>();
    int log = 0;
    for (TraceStep step : steps) {
      switch (step) {
        case TraceStep.Call call -> called(call, followed).ifPresent(acts::add);
        case TraceStep.Log said -> {
          if (log < logs.size() && isSame(said, logs.get(log))) {
            acts.add(new Act.Logged(logs.get(log++)));
          }
        }
      }
    }
    if (log < logs.size()) {
      throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, "the trace of transaction " + logs.get(log).transactionHash()
          + " does not tell its log " + logs.get(log).index());
    }
    return acts;
  }

  private static List<Act.Called> calls(List<TraceStep> steps, Followed followed) {
    List<Act.Called> calls = new ArrayList<>();
    for (TraceStep step : steps) {
      if (step instanceof TraceStep.Call call) {
        called(call, followed).ifPresent(calls::add);
      }
    }
    return calls;
  }

  private static Optional<Act.Called> called(TraceStep.Call call, Followed followed) {
    return followed.call(call.to(), call.input(), call.value())
        .map(asked -> new Act.Called(call.to(), call.from(), asked, call.inner()));
  }

  private static boolean isSame(TraceStep.Log said, LogEntry entry) {
    return said.emitter().equals(entry.emitter()) && said.topics().equals(entry.topics())
        && said.data().equals(entry.data());
  }
}
