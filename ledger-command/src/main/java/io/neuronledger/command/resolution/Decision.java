package io.neuronledger.command.resolution;

import io.neuronledger.contracts.usage.NeuronSum;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An operator's decision about a discrepancy.
 *
 * @param amount the difference that the operator decided about; only if the key is of a difference
 * @param reason 1 to 2,000 characters
 * @param by the caller who decided, 1 to 200 characters
 */
record Decision(Optional<NeuronSum> amount, String reason, String by) {
  private static final int REASON_MAX = 2_000;

  Decision {
    reason(reason);
  }

  /** @throws IllegalArgumentException if the text is blank, too long or not storable */
  static String reason(String text) {
    if (text.isBlank() || text.length() > REASON_MAX || text.indexOf('\0') >= 0
        || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("must be text of 1 to " + REASON_MAX + " characters");
    }
    return text;
  }
}
