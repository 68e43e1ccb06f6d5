package io.neuronledger.wallet.send;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.wallet.option.OwnerOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.plan.Holdings;
import io.neuronledger.wallet.plan.WalletAction;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code retrieve-fund}. */
@Command(name = "retrieve-fund", description = "Fetches the refunds of a service's sub-accounts that are past their "
    + "lock, and asks back all else that is free there, which waits for the lock, 24 hours where the service has set "
    + "no other. Run it again after that to fetch it.")
public final class RetrieveFund extends SendCommand {
  @Option(names = "--provider", paramLabel = "ADDRESS", description = "from this one; may be given more than once "
      + "(default: all with which there is a sub-account of the service)")
  private List<String> providers = List.of();

  @Option(names = "--service", paramLabel = "NAME", defaultValue = "inference",
      description = "the service's registered name; inference and fine-tuning are their version 1.0 "
          + "(default: ${DEFAULT-VALUE})")
  private String service = "inference";

  public RetrieveFund(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  WalletAction action(Holdings now) {
    ServiceName name = OwnerOptions.service(service);
    return new WalletAction.Retrieve(name, providers.isEmpty() ? now.providers(name)
        : providers.stream().map(OwnerOptions::address).distinct().toList());
  }
}
