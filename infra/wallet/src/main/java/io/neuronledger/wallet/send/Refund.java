package io.neuronledger.wallet.send;

import io.neuronledger.wallet.option.SendOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.plan.Holdings;
import io.neuronledger.wallet.plan.WalletAction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code refund}. */
@Command(name = "refund", description = "Moves available money of the ledger back to the wallet. What stays available "
    + "is nothing, or at least what opens a ledger. When nothing at all is left, the ledger closes.")
public final class Refund extends SendCommand {
  @Option(names = {"-a", "--amount"}, paramLabel = "AMOUNT", required = true, description = "how much, or `all` that "
      + "is available")
  private String amount = "";

  public Refund(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  WalletAction action(Holdings now) {
    return new WalletAction.Withdraw(amount.equals("all") ? now.available()
        : SendOptions.amount("--amount", output().format(), amount));
  }
}
