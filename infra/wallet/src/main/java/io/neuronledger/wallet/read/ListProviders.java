package io.neuronledger.wallet.read;

import io.neuronledger.client.query.api.UsageApi.APIProvidersRequest;
import io.neuronledger.client.query.model.ProviderLine;
import io.neuronledger.client.query.model.ProvidersPage;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.text.Table;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code list-providers}. */
@Command(name = "list-providers", description = "The providers that the ledger has met. A wallet that has signed in "
    + "sees its own ledger alone: this needs a credential that reads all.")
public final class ListProviders extends ReadCommand {
  @Mixin
  private final Pages pages = new Pages();

  public ListProviders(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void read() {
    Pages.Lines<ProvidersPage, ProviderLine> read = ledger().ask(() -> pages.read((size, cursor) ->
        ledger().usage().providers(APIProvidersRequest.newBuilder().limit(size).cursor(cursor).build()),
        ProvidersPage::getProviders, ProvidersPage::getNextCursor));
    if (output().json()) {
      json(read.last().getAsOf(), Optional.empty(), "providers", read);
      return;
    }
    Table table = new Table("Provider", "Last Used In The Hour", "Last Settled At");
    for (ProviderLine line : read.lines()) {
      table.row(text(line.getProvider()), time(line.getLastUsedHour()), time(line.getLastSettledAt()));
    }
    output().table("Providers at " + asOf(read.last().getAsOf()), table, "None.");
    more(read);
  }
}
