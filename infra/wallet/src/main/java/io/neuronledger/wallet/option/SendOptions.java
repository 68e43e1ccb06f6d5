package io.neuronledger.wallet.option;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.AmountFormat;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** To which chain and contract a transaction goes, what it may cost, and whether it goes at all. */
public final class SendOptions {
  private static final String RPC = "NEURON_LEDGER_RPC_URL";
  private static final String CONTRACT = "NEURON_LEDGER_CONTRACT";
  private static final String CHAIN = "NEURON_LEDGER_CHAIN_ID";

  @Option(names = "--rpc-url", paramLabel = "URL", description = "a node of the chain; or " + RPC
      + " (default: that of --data)")
  private Optional<String> rpcUrl = Optional.empty();

  @Option(names = "--contract", paramLabel = "ADDRESS", description = "the contract that must be the one which the "
      + "ledger follows; or " + CONTRACT + ". Required with --yes, where nobody reads what is shown, but on the public "
      + "networks of 0G and on the stack of --data")
  private Optional<String> contract = Optional.empty();

  @Option(names = "--chain-id", paramLabel = "N", description = "the chain that must be the one of the ledger and of "
      + "the node; or " + CHAIN + ". Required with --yes like --contract")
  private Optional<String> chainId = Optional.empty();

  @Option(names = "--gas-price", paramLabel = "NEURON", description = "of one unit of gas, in neuron (default: what "
      + "the node proposes)")
  private Optional<String> gasPrice = Optional.empty();

  @Option(names = "--max-fee", paramLabel = "0G", defaultValue = "0.1", description = "the most that a transaction may "
      + "cost in gas, in 0G; a dearer one is refused (default: ${DEFAULT-VALUE})")
  private String maxFee = "0.1";

  @Option(names = "--yes", description = "send without asking")
  private boolean yes;

  @Option(names = "--dry-run", description = "show what would happen, and send nothing")
  private boolean dryRun;

  @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "180", description = "how long to wait until the "
      + "ledger shows it (default: ${DEFAULT-VALUE})")
  private int timeout = 180;

  private final LedgerOptions ledger;

  public SendOptions(LedgerOptions ledger) {
    this.ledger = ledger;
  }

  public String rpcUrl() {
    return LedgerOptions.checked(rpcUrl.or(() -> ledger.surroundings().environment().apply(RPC))
        .or(() -> ledger.stack().address("rpc"))
        .orElseThrow(() -> CommandFailure.refused("Which node? Give --rpc-url, or " + RPC + ".")));
  }

  /** Whether ledger and node are those of the stack, which names its chain and its contract. */
  public boolean isOfStack() {
    return ledger.isOfStack() && ledger.stack().address("rpc").map(LedgerOptions::checked).filter(rpcUrl()::equals)
        .isPresent();
  }

  /** The contract that alone may be called; empty for the one that the ledger names. */
  public Optional<WalletAddress> contract() {
    return contract.or(() -> ledger.surroundings().environment().apply(CONTRACT)).map(OwnerOptions::address);
  }

  /** The chain that alone may be signed for; empty for the one that the ledger names. */
  public Optional<Long> chainId() {
    return chainId.or(() -> ledger.surroundings().environment().apply(CHAIN)).map(typed -> {
      if (!typed.matches("\\d{1,18}")) {
        throw CommandFailure.refused("A chain id is a number, not '" + typed + "'.");
      }
      return Long.parseLong(typed);
    });
  }

  /** Empty for what the node proposes. */
  public Optional<Neuron> gasPrice() {
    return gasPrice.map(typed -> amount("--gas-price", AmountFormat.NEURON, typed));
  }

  public Neuron maxFee() {
    return amount("--max-fee", AmountFormat.ZERO_G, maxFee);
  }

  public boolean yes() {
    return yes;
  }

  public boolean dryRun() {
    return dryRun;
  }

  public Duration timeout() {
    if (timeout < 0) {
      throw CommandFailure.refused("--timeout is 0 or more seconds, not " + timeout + ".");
    }
    return Duration.ofSeconds(timeout);
  }

  /** @throws CommandFailure for what is no amount */
  public static Neuron amount(String option, AmountFormat format, String typed) {
    try {
      return format.read(typed);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.refused("Wrong " + option + ": " + e.getMessage() + ".");
    }
  }
}
