package io.neuronledger.wallet.read;

import io.neuronledger.client.query.api.BalancesApi.APILedgerRequest;
import io.neuronledger.client.query.model.Ledger;
import io.neuronledger.client.query.model.LedgerDetails;
import io.neuronledger.client.query.model.SubAccount;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.wallet.ledger.ReadPoint;
import io.neuronledger.wallet.option.AtOption;
import io.neuronledger.wallet.option.OwnerOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.text.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code get-account}. */
@Command(name = "get-account", description = "What a wallet has in its ledger and in its sub-accounts, now or at a "
    + "past block.")
public final class GetAccount extends ReadCommand {
  @Mixin
  private final OwnerOptions owner;

  @Mixin
  private final AtOption at = new AtOption();

  public GetAccount(Surroundings surroundings) {
    super(surroundings);
    this.owner = new OwnerOptions(ledgerOptions());
  }

  @Override
  void read() {
    ReadPoint point = at.point();
    String address = owner.owner().checksummed();
    Ledger ledger = ledger().ask(() -> ledger().balances().ledger(APILedgerRequest.newBuilder().owner(address)
        .detail(true).atBlock(point.block().orElse(null)).atTime(point.time().orElse(null)).build()));
    if (output().json()) {
      json(ledger);
      return;
    }
    output().line("Ledger of " + address + ", " + ledger.getState() + ", at " + asOf(ledger.getAsOf()));
    output().table("Overview", new Table("Balance", output().title("Value"))
        .row("Total", amount(ledger.getTotal()))
        .row("Locked (transferred to sub-accounts)", amount(ledger.getLocked()))
        .row("Available for transfer to sub-accounts", amount(ledger.getAvailable())), "");
    List<SubAccount> accounts =
        Optional.ofNullable(ledger.getDetail()).map(LedgerDetails::getSubAccounts).orElse(List.of());
    for (String service : services(accounts)) {
      output().table(heading(service) + " sub-accounts", table(service, accounts), "");
    }
    if (accounts.isEmpty()) {
      output().line("");
      output().line("No sub-accounts.");
    }
  }

  private static SortedSet<String> services(List<SubAccount> accounts) {
    SortedSet<String> services = new TreeSet<>(Comparator.reverseOrder());
    accounts.forEach(account -> services.add(account.getService()));
    return services;
  }

  private Table table(String service, List<SubAccount> accounts) {
    Table table = new Table("Provider", output().title("Balance"), output().title("Requested Return to Main Account"),
        output().title("Spendable"));
    accounts.stream().filter(account -> account.getService().equals(service)).forEach(account -> table.row(
        account.getProvider(), amount(account.getBalance()), amount(account.getPendingRefund()),
        amount(account.getSpendable())));
    return table;
  }

  /** {@code Fine-tuning (fine-tuning-v1.0)}. */
  private static String heading(String service) {
    String type = ServiceName.of(service).type();
    return type.isEmpty() ? service
        : Character.toUpperCase(type.charAt(0)) + type.substring(1) + " (" + service + ")";
  }
}
