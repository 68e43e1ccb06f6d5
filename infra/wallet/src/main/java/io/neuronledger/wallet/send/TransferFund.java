package io.neuronledger.wallet.send;

import io.neuronledger.wallet.option.OwnerOptions;
import io.neuronledger.wallet.option.SendOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.plan.Holdings;
import io.neuronledger.wallet.plan.WalletAction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code transfer-fund}. */
@Command(name = "transfer-fund", description = "Sets money of the ledger aside for a provider's service. It cancels "
    + "pending refunds of that sub-account first, the newest first, and moves only the rest.")
public final class TransferFund extends SendCommand {
  @Option(names = "--provider", paramLabel = "ADDRESS", required = true, description = "for whom")
  private String provider = "";

  @Option(names = "--service", paramLabel = "NAME", defaultValue = "inference",
      description = "the service's registered name; inference and fine-tuning are their version 1.0 "
          + "(default: ${DEFAULT-VALUE})")
  private String service = "inference";

  @Option(names = "--amount", paramLabel = "AMOUNT", required = true, description = "how much")
  private String amount = "";

  public TransferFund(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  WalletAction action(Holdings now) {
    return new WalletAction.Transfer(OwnerOptions.address(provider), OwnerOptions.service(service),
        SendOptions.amount("--amount", output().format(), amount));
  }
}
