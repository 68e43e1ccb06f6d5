package io.neuronledger.cli.operate.price;

import io.neuronledger.cli.operate.request.Answers;
import io.neuronledger.cli.operate.request.Answers.Column;
import io.neuronledger.cli.operate.request.Answers.Lines;
import io.neuronledger.cli.operate.request.LimitOption;
import io.neuronledger.cli.operate.request.Requests;
import io.neuronledger.cli.operate.request.ServiceOptions;
import io.neuronledger.cli.operate.request.TypedValues;
import io.neuronledger.client.query.model.Price;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.Surroundings;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./ledger prices}. */
@Command(name = "prices", description = "What providers ask for their services, as they publish it on chain: for a "
    + "token of input, and for a token of output, an image or a second.")
public final class Prices implements Callable<Integer> {
  private static final Column[] COLUMNS = {
      Column.of("Provider", "/provider"), Column.of("Service", "/service"), Column.of("Model", "/model"),
      Column.of("Type", "/service_type"), Column.amount("Input Price", "/input_price"),
      Column.amount("Output Price", "/output_price"), Column.amount("Cache Hit Price", "/cached_input_price"),
      Column.of("Denomination", "/denomination"), Column.of("Several Models", "/several_models"),
      Column.of("Verifiability", "/verifiability"), Column.of("Additional Info", "/additional_info"),
      Column.of("Since Block", "/since")};
  private static final Column[] TIER = {
      Column.of("Provider", "/provider"), Column.of("Service", "/service"),
      Column.of("Up To Input Tokens", "/max_input_tokens"), Column.amount("Input Price", "/input_price"),
      Column.amount("Output Price", "/output_price"), Column.amount("Cache Hit Price", "/cached_input_price")};

  @Mixin
  private final ServiceOptions services = new ServiceOptions();

  @Mixin
  private final OutputOptions output = new OutputOptions();

  @Mixin
  private final LimitOption limit = new LimitOption();

  @Option(names = "--provider", paramLabel = "ADDRESS", description = "of this provider")
  private Optional<String> provider = Optional.empty();

  @Option(names = "--model", paramLabel = "MODEL", description = "for this model")
  private Optional<String> model = Optional.empty();

  @Option(names = "--at-time", paramLabel = "TIME", description = "those in force at a time, as 2026-11-01T00:00:00Z "
      + "(default: now)")
  private Optional<String> time = Optional.empty();

  private final Surroundings surroundings;

  public Prices(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Optional<OffsetDateTime> at = time.map(typed -> TypedValues.time("--at-time", typed));
    Lines<Price> prices = Requests.read(() -> Lines.first(limit.lines(),
        services.client(surroundings).lists().prices(filter -> filter.provider(provider.orElse(null))
            .model(model.orElse(null)).atTime(at.orElse(null)))));
    Answers.list(output, "prices", prices, COLUMNS);
    List<ObjectNode> tiers =
        Answers.within(prices.lines().stream().map(Answers::tree), "tiers", "provider", "service");
    if (!output.json() && !tiers.isEmpty()) {
      Answers.table(output, "Tiers", tiers, TIER);
    }
    return 0;
  }
}
