package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/** One thing in a trace, in order of execution; nothing of what failed. */
public sealed interface TraceStep {
  /**
   * A message call that changed the callee's own state: no delegate, static or code call, no creation.
   *
   * @param inner whether it was made by a contract, not by the transaction itself
   */
  record Call(WalletAddress from, WalletAddress to, Neuron value, String input, boolean inner) implements TraceStep {}

  /** A log, where the trace names them. */
  record Log(WalletAddress emitter, List<String> topics, String data) implements TraceStep {
    public Log {
      topics = List.copyOf(topics);
    }
  }
}
