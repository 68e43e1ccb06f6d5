package io.neuronledger.command.usage;

import io.neuronledger.contracts.value.Neuron;
import java.util.Optional;

/** What became of one report. */
public sealed interface UsageOutcome {
  /** It is in the event store, now and for the first time. */
  record Recorded() implements UsageOutcome {}

  /** The same was accepted before; it had no effect now. */
  record Repeated() implements UsageOutcome {}

  /**
   * It had no effect, and will have none when it comes again.
   *
   * @param detail this case, for people
   * @param expectedFee what the units cost, where the fee was the reason
   */
  record Refused(UsageRefusal refusal, String detail, Optional<Neuron> expectedFee) implements UsageOutcome {
    static Refused because(UsageRefusal refusal, String detail) {
      return new Refused(refusal, detail, Optional.empty());
    }
  }
}
