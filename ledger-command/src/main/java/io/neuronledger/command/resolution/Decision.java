package io.neuronledger.command.resolution;

import io.neuronledger.contracts.usage.NeuronSum;
import java.util.Optional;

/**
 * What a person says of a discrepancy.
 *
 * @param amount of the difference that the person looked at; only where the key names one
 * @param reason at most 2,000 characters
 * @param by who, at most 200 characters
 */
record Decision(Optional<NeuronSum> amount, String reason, String by) {
  private static final int REASON_MAX = 2_000;
  private static final int BY_MAX = 200;

  Decision {
    check("reason", reason, REASON_MAX);
    check("by", by, BY_MAX);
  }

  private static void check(String what, String text, int max) {
    if (text.isBlank() || text.length() > max || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(what + " must be text of 1 to " + max + " characters");
    }
  }
}
