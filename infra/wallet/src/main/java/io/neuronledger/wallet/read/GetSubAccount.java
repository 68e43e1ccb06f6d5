package io.neuronledger.wallet.read;

import io.neuronledger.client.query.api.BalancesApi.APISubAccountRequest;
import io.neuronledger.client.query.model.Refund;
import io.neuronledger.client.query.model.SubAccount;
import io.neuronledger.client.query.model.SubAccountAnswer;
import io.neuronledger.wallet.ledger.ReadPoint;
import io.neuronledger.wallet.option.AtOption;
import io.neuronledger.wallet.option.OwnerOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.text.Table;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code get-sub-account}. */
@Command(name = "get-sub-account", description = "What is set aside for a provider's service, what of it is asked back "
    + "and until when it waits, now or at a past block.")
public final class GetSubAccount extends ReadCommand {
  @Option(names = "--provider", paramLabel = "ADDRESS", required = true, description = "the provider")
  private String provider = "";

  @Option(names = "--service", paramLabel = "NAME", defaultValue = "inference",
      description = "the service's registered name; inference and fine-tuning are their version 1.0 "
          + "(default: ${DEFAULT-VALUE})")
  private String service = "inference";

  @Mixin
  private final OwnerOptions owner;

  @Mixin
  private final AtOption at = new AtOption();

  public GetSubAccount(Surroundings surroundings) {
    super(surroundings);
    this.owner = new OwnerOptions(ledgerOptions());
  }

  @Override
  void read() {
    ReadPoint point = at.point();
    APISubAccountRequest request = APISubAccountRequest.newBuilder().owner(owner.owner().checksummed())
        .provider(OwnerOptions.address(provider).checksummed()).service(OwnerOptions.service(service).value())
        .atBlock(point.block().orElse(null)).atTime(point.time().orElse(null)).build();
    SubAccountAnswer answer = ledger().ask(() -> ledger().balances().subAccount(request));
    if (output().json()) {
      json(answer);
      return;
    }
    SubAccount account = answer.getSubAccount();
    output().line("Sub-account of " + text(answer.getOwner()) + ", " + answer.getState() + ", at "
        + asOf(answer.getAsOf()));
    output().table("Sub-Account Overview", new Table("Field", "Value")
        .row("Service", text(account.getService()))
        .row("Provider", text(account.getProvider()))
        .row(output().title("Balance"), amount(account.getBalance()))
        .row(output().title("Funds Applied for Return to Main Account"), amount(account.getPendingRefund()))
        .row(output().title("Used, not settled yet"), amount(account.getUnsettled()))
        .row(output().title("Spendable"), amount(account.getSpendable()))
        .row("Provider acknowledged", account.getAcknowledged() ? "yes" : "no"), "");
    Table refunds = new Table(output().title("Amount"), "Asked For At", "Remaining Locked Time");
    for (Refund refund : account.getRefunds()) {
      refunds.row(amount(refund.getAmount()), time(refund.getRequestedAt()), lock(refund));
    }
    output().table("Details of Each Amount Applied for Return to Main Account", refunds, "None.");
  }

  /** By the block's time, not by the clock of this machine. */
  private static String lock(Refund refund) {
    if (refund.getState() == Refund.StateEnum.CLAIMABLE) {
      return "claimable since " + time(refund.getUnlocksAt());
    }
    Duration left = Duration.ofSeconds(refund.getRemainingSeconds());
    return "%dh %dmin %ds, until %s".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart(),
        time(refund.getUnlocksAt()));
  }
}
