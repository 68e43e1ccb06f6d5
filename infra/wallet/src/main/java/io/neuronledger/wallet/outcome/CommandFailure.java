package io.neuronledger.wallet.outcome;

import java.io.Serial;

/** A command ends here, with one sentence for the person who has typed it. */
public final class CommandFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final Outcome outcome;

  private CommandFailure(Outcome outcome, String sentence, Throwable cause) {
    super(sentence, cause);
    this.outcome = outcome;
  }

  private CommandFailure(Outcome outcome, String sentence) {
    super(sentence);
    this.outcome = outcome;
  }

  /** The ledger or the node did not do what it was asked. */
  public static CommandFailure failed(String sentence, Throwable cause) {
    return new CommandFailure(Outcome.FAILED, sentence, cause);
  }

  /** The same without a cause. */
  public static CommandFailure failed(String sentence) {
    return new CommandFailure(Outcome.FAILED, sentence);
  }

  /** Nothing was signed and nothing was sent. */
  public static CommandFailure refused(String sentence) {
    return new CommandFailure(Outcome.REFUSED, sentence);
  }

  /** It was sent; what became of it is not known. */
  public static CommandFailure unknown(String sentence) {
    return new CommandFailure(Outcome.UNKNOWN, sentence);
  }

  public Outcome outcome() {
    return outcome;
  }

  /** Never null. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
