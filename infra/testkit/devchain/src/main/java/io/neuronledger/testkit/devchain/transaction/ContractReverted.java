package io.neuronledger.testkit.devchain.transaction;

import java.io.Serial;
import java.util.List;

/** A contract reverted: the transaction was mined without effect, or a simulated call failed. */
public final class ContractReverted extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String error;
  private final transient List<Object> arguments;

  ContractReverted(String where, ContractAbi.Decoded reason) {
    super(reason + " in " + where);
    this.error = reason.name();
    this.arguments = reason.arguments();
  }

  /** The name of the contract's custom error, {@code TooManyRefunds} for example. */
  public String error() {
    return error;
  }

  /**
   * The error's arguments: {@code WalletAddress}, {@code BigInteger}, {@code Boolean}, {@code String}, {@code byte[]}.
   */
  public List<Object> arguments() {
    return arguments;
  }
}
