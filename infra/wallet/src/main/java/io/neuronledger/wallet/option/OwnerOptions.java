package io.neuronledger.wallet.option;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whose ledger it is. */
public final class OwnerOptions {
  private static final String OWNER = "NEURON_LEDGER_OWNER";
  /** What users of 0g-compute-cli type. */
  private static final Map<String, String> TYPES =
      Map.of("inference", "inference-v1.0", "fine-tuning", "fine-tuning-v1.0");

  @Option(names = "--owner", paramLabel = "ADDRESS", description = "the wallet; or " + OWNER
      + " (default: the wallet of the key)")
  private Optional<String> owner = Optional.empty();

  private final LedgerOptions ledger;

  public OwnerOptions(LedgerOptions ledger) {
    this.ledger = ledger;
  }

  /** @throws CommandFailure without any, and for what is no address */
  public WalletAddress owner() {
    Optional<String> typed = owner.or(() -> ledger.surroundings().environment().apply(OWNER));
    return typed.map(OwnerOptions::address).or(() -> ledger.key().address())
        .orElseThrow(() -> CommandFailure.refused("Whose ledger? Give --owner, or the wallet's key by --keystore."));
  }

  /** @throws CommandFailure for what is no address, or has a wrong checksum */
  public static WalletAddress address(String typed) {
    try {
      return WalletAddress.typed(typed);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.refused(String.valueOf(e.getMessage()) + ".");
    }
  }

  /**
   * A service by its name.
   *
   * @param typed {@code inference} and {@code fine-tuning} are their version 1.0
   */
  public static ServiceName service(String typed) {
    try {
      return ServiceName.typed(TYPES.getOrDefault(typed, typed));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.refused(String.valueOf(e.getMessage()) + ".");
    }
  }
}
