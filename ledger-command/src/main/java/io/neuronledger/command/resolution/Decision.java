package io.neuronledger.command.resolution;

import io.neuronledger.contracts.usage.NeuronSum;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An operator's decision about a discrepancy.
 *
 * @param amount the difference that the operator decided about; only if the key is of a difference
 * @param reason 1 to 2,000 characters
 * @param by the operator, 1 to 200 characters
 */
record Decision(Optional<NeuronSum> amount, String reason, String by) {
  private static final int REASON_MAX = 2_000;
  private static final int BY_MAX = 200;

  Decision {
    reason(reason);
    by(by);
  }

  /** @throws IllegalArgumentException if the text is blank, too long or not storable */
  static String reason(String text) {
    return checked(text, REASON_MAX);
  }

  /** @throws IllegalArgumentException if the text is blank, too long or not storable */
  static String by(String text) {
    return checked(text, BY_MAX);
  }

  private static String checked(String text, int max) {
    if (text.isBlank() || text.length() > max || text.indexOf('\0') >= 0
        || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("must be text of 1 to " + max + " characters");
    }
    return text;
  }
}
