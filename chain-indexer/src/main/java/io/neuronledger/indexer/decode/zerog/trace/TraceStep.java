package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/** One step of a trace, in execution order; failed calls have no steps. */
public sealed interface TraceStep {
  /**
   * A message call that ran in the callee's own context: not a delegate, static or code call, and not a creation.
   *
   * @param inner whether a contract made it, not the transaction itself
   */
  record Call(WalletAddress from, WalletAddress to, Neuron value, String input, boolean inner) implements TraceStep {}

  /** A log, where the trace has logs. */
  record Log(WalletAddress emitter, List<String> topics, String data) implements TraceStep {
    public Log {
      topics = List.copyOf(topics);
    }
  }
}
