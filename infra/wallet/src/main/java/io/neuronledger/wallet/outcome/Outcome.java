package io.neuronledger.wallet.outcome;

/** What became of a command, as its exit code. */
public enum Outcome {
  /** It is done. What was sent is in the ledger. */
  DONE(0),
  /** The ledger or the node has failed or refused, or the contract has reverted what was sent. */
  FAILED(1),
  /** Nothing was signed and nothing was sent: a wrong option, a rule that would refuse it, no confirmation. */
  REFUSED(2),
  /** It was sent, and the ledger has not shown it in time: it may still come, or never. */
  UNKNOWN(3);

  private final int exitCode;

  Outcome(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
