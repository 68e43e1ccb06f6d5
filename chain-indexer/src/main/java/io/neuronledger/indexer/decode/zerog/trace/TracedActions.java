package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.replay.action.ContractAction;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Merges the calls of a trace and the logs of the same transaction into one order. */
public final class TracedActions {
  private TracedActions() {}

  /**
   * @param steps the trace of one transaction
   * @param logs its logs of the followed contracts, as the block reports them
   * @param model the state before the transaction
   * @throws RpcFailure if the trace has a log that the block does not
   */
  public static List<ContractAction> of(List<TraceStep> steps, List<LogEntry> logs, WatchedContracts followed,
      ContractModel model) {
    refuseMissing(steps, logs, followed);
    List<ContractAction> actions = new ArrayList<>();
    int log = 0;
    for (TraceStep step : steps) {
      switch (step) {
        case TraceStep.Call call -> called(call, followed).ifPresent(actions::add);
        case TraceStep.Log traced -> {
          if (log < logs.size() && isSame(traced, logs.get(log))) {
            actions.add(new ContractAction.Logged(logs.get(log++)));
          }
        }
      }
    }
    // A trace without all logs in the same order does not place them.
    return log == logs.size() ? actions : CallLogAlignment.of(steps, logs, followed, model);
  }

  /** A log that only the trace has proves that the node omitted logs: without it, balances would be wrong. */
  private static void refuseMissing(List<TraceStep> steps, List<LogEntry> logs, WatchedContracts followed) {
    List<LogEntry> left = new ArrayList<>(logs);
    for (TraceStep step : steps) {
      if (step instanceof TraceStep.Log traced && followed.wants(traced)) {
        LogEntry same = left.stream().filter(entry -> isSame(traced, entry)).findFirst().orElseThrow(() ->
            new RpcFailure(RpcFailure.Kind.INCONSISTENT, "a trace has a log of " + traced.emitter() + " ("
                + traced.topics().getFirst() + ") that is not among the logs of its transaction"));
        left.remove(same);
      }
    }
  }

  static Optional<ContractAction.Called> called(TraceStep.Call call, WatchedContracts followed) {
    return followed.call(call.to(), call.input(), call.value())
        .map(asked -> new ContractAction.Called(call.to(), call.from(), asked, call.inner()));
  }

  private static boolean isSame(TraceStep.Log traced, LogEntry entry) {
    return traced.emitter().equals(entry.emitter()) && traced.topics().equals(entry.topics())
        && traced.data().equals(entry.data());
  }
}
