package io.neuronledger.command.usage;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.foundation.problem.ProblemCode;
import java.util.Optional;

/** The outcome of one report. */
public sealed interface UsageOutcome {
  /** The report is now in the event store, for the first time. */
  record Recorded() implements UsageOutcome {}

  /** The same report was accepted before; this one had no effect. */
  record Repeated() implements UsageOutcome {}

  /**
   * The report had no effect, and a repetition will have none.
   *
   * @param code the reason
   * @param detail the explanation for the sender
   * @param expectedFee the cost of the units; empty unless the fee is the reason
   */
  record Refused(ProblemCode code, String detail, Optional<Neuron> expectedFee) implements UsageOutcome {
    static Refused of(ProblemCode code, String detail) {
      return new Refused(code, detail, Optional.empty());
    }
  }
}
