package io.neuronledger.wallet.option;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.AmountFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** To which chain and contract a transaction goes, what it may cost, and whether it goes at all. */
public final class SendOptions {
  private static final String RPC = "NEURON_LEDGER_RPC_URL";
  private static final String CONTRACT = "NEURON_LEDGER_CONTRACT";
  private static final String STATE = "NEURON_LEDGER_WALLET_STATE";
  private static final String STATE_FOLDER = "neuron-wallet";
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

  @Option(names = "--despite", paramLabel = "HASH", description = "send although this earlier transaction of the "
      + "wallet, whose end the ledger has not shown, may still be mined")
  private Optional<String> despite = Optional.empty();

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

  /** The hash of the earlier transaction that may still be mined, in lower case; empty for none. */
  public Optional<String> despite() {
    return despite.map(typed -> {
      if (!typed.matches("0x[0-9a-fA-F]{64}")) {
        throw CommandFailure.refused("--despite is the hash of a transaction.");
      }
      return typed.toLowerCase(Locale.ROOT);
    });
  }

  /** The folder of what is kept of sent transactions: that of the stack, else one of the user. */
  public Path stateFolder() {
    Optional<Path> ofStack = isOfStack() ? ledger.stack().folder() : Optional.empty();
    return ofStack.or(() -> ledger.surroundings().environment().apply(STATE).map(Path::of))
        .or(() -> ledger.surroundings().environment().apply("XDG_STATE_HOME").map(home -> Path.of(home, STATE_FOLDER)))
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "state", STATE_FOLDER));
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
