package io.neuronledger.wallet.read;

import io.neuronledger.client.query.api.UsageApi.APIUsageRequest;
import io.neuronledger.client.query.api.UsageApi.APIUsageStatsRequest;
import io.neuronledger.client.query.model.UsagePage;
import io.neuronledger.client.query.model.UsagePageLine;
import io.neuronledger.client.query.model.UsageStats;
import io.neuronledger.client.query.model.UsageStatsModelsInner;
import io.neuronledger.client.query.model.UsageSums;
import io.neuronledger.wallet.option.OwnerOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.text.Table;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code usage}. */
@Command(name = "usage", description = "What a wallet has used, as providers report it: sums per model, and the single "
    + "requests with --requests.")
public final class Usage extends ReadCommand {
  @Option(names = "--provider", paramLabel = "ADDRESS", description = "only of this provider; may be given more "
      + "than once")
  private List<String> providers = List.of();

  @Option(names = "--service", paramLabel = "NAME", description = "only of this service; may be given more than once")
  private List<String> services = List.of();

  @Option(names = "--model", paramLabel = "NAME", description = "only of this model; may be given more than once")
  private List<String> models = List.of();

  @Option(names = "--requests", description = "the single requests, newest first")
  private boolean requests;

  @Mixin
  private final OwnerOptions owner;

  @Mixin
  private final PeriodOptions period = new PeriodOptions();

  @Mixin
  private final Pages pages = new Pages();

  public Usage(Surroundings surroundings) {
    super(surroundings);
    this.owner = new OwnerOptions(ledgerOptions());
  }

  @Override
  void read() {
    String address = owner.owner().checksummed();
    List<String> ofProviders = providers.stream().map(each -> OwnerOptions.address(each).checksummed()).toList();
    List<String> ofServices = services.stream().map(each -> OwnerOptions.service(each).value()).toList();
    if (requests) {
      requests(address, ofProviders, ofServices);
    } else {
      sums(ledger().ask(() -> ledger().usage().usageStats(APIUsageStatsRequest.newBuilder().owner(address)
          .provider(ofProviders).service(ofServices).model(models).startDate(period.start()).endDate(period.end())
          .build())));
    }
  }

  private void sums(UsageStats stats) {
    if (output().json()) {
      json(stats);
      return;
    }
    Table table = new Table("Provider", "Model", "Requests", "Input Tokens", "Output Tokens", "Images", "Seconds",
        output().title("Cost"));
    for (UsageStatsModelsInner each : stats.getModels()) {
      table.row(text(each.getProvider()), text(each.getModel()), text(each.getRequests()), text(each.getInputTokens()),
          text(each.getOutputTokens()), text(each.getImages()), text(each.getSeconds()), amount(each.getCost()));
    }
    UsageSums all = stats.getTotal();
    table.row("All", "", text(all.getRequests()), text(all.getInputTokens()), text(all.getOutputTokens()),
        text(all.getImages()), text(all.getSeconds()), amount(all.getCost()));
    output().table("Usage of " + text(stats.getOwner()) + period.shown() + ", at " + asOf(stats.getAsOf()), table, "");
  }

  private void requests(String address, List<String> ofProviders, List<String> ofServices) {
    Pages.Lines<UsagePage, UsagePageLine> read = ledger().ask(() -> pages.read((size, cursor) ->
        ledger().usage().usage(APIUsageRequest.newBuilder().owner(address).provider(ofProviders).service(ofServices)
            .model(models).startDate(period.start()).endDate(period.end()).limit(size).cursor(cursor).build()),
        UsagePage::getUsage, UsagePage::getNextCursor));
    if (output().json()) {
      json(read.last().getAsOf(), Optional.of(address), "usage", read);
      return;
    }
    Table table = new Table("Completed At", "Request", "Provider", "Service", "Model", output().title("Fee"), "State");
    for (UsagePageLine line : read.lines()) {
      table.row(time(line.getWhen()), text(line.getRequestId()), text(line.getProvider()), text(line.getService()),
          text(line.getModel()), amount(line.getFee()), text(line.getState()));
    }
    output().table("Requests of " + address + period.shown() + ", newest first, at " + asOf(read.last().getAsOf()),
        table, "None.");
    more(read);
  }
}
