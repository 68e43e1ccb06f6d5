package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.indexer.chain.LogEntry;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.replay.ContractAction;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings the calls of a trace and the logs of the same transaction into one order. */
public final class TracedActions {
  private TracedActions() {}

  /**
   * @param steps the trace of one transaction
   * @param logs its logs of the contracts followed, as the block tells them
   * @param books what is known before the transaction
   * @throws RpcFailure if the block does not tell a log that the trace does
   */
  public static List<ContractAction> of(List<TraceStep> steps, List<LogEntry> logs, WatchedContracts followed,
      ContractModel books) {
    refuseMissing(steps, logs, followed);
    List<ContractAction> acts = new ArrayList<>();
    int log = 0;
    for (TraceStep step : steps) {
      switch (step) {
        case TraceStep.Call call -> called(call, followed).ifPresent(acts::add);
        case TraceStep.Log said -> {
          if (log < logs.size() && isSame(said, logs.get(log))) {
            acts.add(new ContractAction.Logged(logs.get(log++)));
          }
        }
      }
    }
    // A trace that tells no logs, or not all, or them in another order, does not place them.
    return log == logs.size() ? acts : CallLogAlignment.of(steps, logs, followed, books);
  }

  /** A log that only the trace tells proves that not all logs were answered: without it, balances would be wrong. */
  private static void refuseMissing(List<TraceStep> steps, List<LogEntry> logs, WatchedContracts followed) {
    List<LogEntry> left = new ArrayList<>(logs);
    for (TraceStep step : steps) {
      if (step instanceof TraceStep.Log said && followed.wants(said)) {
        LogEntry same = left.stream().filter(entry -> isSame(said, entry)).findFirst().orElseThrow(() ->
            new RpcFailure(RpcFailure.Kind.INCONSISTENT, "a trace tells a log of " + said.emitter() + " ("
                + said.topics().getFirst() + ") that is not among the logs answered for its transaction"));
        left.remove(same);
      }
    }
  }

  static Optional<ContractAction.Called> called(TraceStep.Call call, WatchedContracts followed) {
    return followed.call(call.to(), call.input(), call.value())
        .map(asked -> new ContractAction.Called(call.to(), call.from(), asked, call.inner()));
  }

  private static boolean isSame(TraceStep.Log said, LogEntry entry) {
    return said.emitter().equals(entry.emitter()) && said.topics().equals(entry.topics())
        && said.data().equals(entry.data());
  }
}
