package io.neuronledger.wallet.send;

import io.neuronledger.wallet.option.SendOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.plan.Holdings;
import io.neuronledger.wallet.plan.WalletAction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code deposit}. */
@Command(name = "deposit", description = "Moves coins of the wallet into its ledger; the first ones open it.")
public final class Deposit extends SendCommand {
  @Option(names = "--amount", paramLabel = "AMOUNT", required = true, description = "how much")
  private String amount = "";

  public Deposit(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  WalletAction action(Holdings now) {
    return new WalletAction.Deposit(SendOptions.amount("--amount", output().format(), amount));
  }
}
